import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from './refusal-of.ts'
import { idOf, type ReviewRegistry, startReviewRegistry } from './review-people.ts'

let at: ReviewRegistry

beforeAll(async () => {
  at = await startReviewRegistry()
})
afterAll(() => at.stop())

const other = { manifest: { description: 'Other bytes under the same number, sent later.' } }

describe('a decision about a submission', () => {
  test('publishes it, and says who decided', async () => {
    const sent = await at.upload('by-id')
    const approved = await at.approve(sent)
    expect(approved).toEqual({
      id: 'by-id',
      version: '1.0.0',
      digest: sent.digest,
      status: 'published',
      submission: sent.submission,
      decidedBy: 'sue',
      decidedAt: expect.stringMatching(/Z$/),
    })
    expect(await at.approve(sent, at.sam)).toEqual(approved)
    const bundle = await fetch(`${at.registry.url}/plugins/bundles/by-id/v1.0.0/bundle.js`)
    expect(bundle.status).toBe(200)
  })

  test('is not about the bytes that came after it', async () => {
    const first = await at.upload('moved-on')
    const second = await at.upload('moved-on', other)
    for (const decide of [at.approve(first), at.reject(first)]) {
      expect(await refusalOf(decide)).toMatchObject({ code: 'digest_changed', status: 409 })
    }
    expect((await at.approve(second)).status).toBe('published')
  })

  test('is not about the same bytes submitted once more', async () => {
    const first = await at.upload('once-more')
    await at.reject(first, 'Not like this.')
    await at.upload('once-more', other)
    const again = await at.upload('once-more')
    expect(again.digest).toBe(first.digest)
    expect(again.submission).not.toBe(first.submission)
    for (const decide of [at.approve(first, at.sam), at.reject(first, 'No.', at.sam)]) {
      expect(await refusalOf(decide)).toMatchObject({
        code: 'state_conflict',
        message: expect.stringMatching(/once-more@1\.0\.0 is decided: rejected by sue at 2.+Z\.$/),
      })
    }
    expect(await at.show(again)).toMatchObject({ state: 'pending_review' })
    expect((await at.approve(again)).status).toBe('published')
  })

  test('of two at once exactly one wins, and the other is told who decided what and when', async () => {
    for (let round = 0; round < 5; round++) {
      const sent = await at.upload(`rivals-${round}`)
      const decisions = [at.approve(sent, at.sue), at.reject(sent, 'No.', at.sam)]
      const settled = await Promise.allSettled(round % 2 ? decisions.toReversed() : decisions)
      const won = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      const lost = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
      expect([won.length, lost.length]).toEqual([1, 1])
      const { state, decidedBy, decidedAt } = await at.show(sent)
      expect(won[0]).toMatchObject({ decidedBy, decidedAt })
      expect(lost[0]).toMatchObject({ code: 'state_conflict', status: 409 })
      expect(lost[0].message).toContain(`${state} by ${decidedBy} at ${decidedAt}.`)
    }
  })

  test('of two rejections at once one is recorded, with its reason', async () => {
    const sent = await at.upload('twice-no')
    const settled = await Promise.allSettled([at.reject(sent, 'By sue.', at.sue), at.reject(sent, 'By sam.', at.sam)])
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const { reason, decidedBy } = await at.show(sent)
    expect(reason).toBe(`By ${decidedBy}.`)
  })

  test('is for reviewers, and needs a submission', async () => {
    const sent = await at.upload('own-case')
    for (const person of [at.ann, at.tom]) {
      expect(await refusalOf(at.approve(sent, person))).toMatchObject({ code: 'not_allowed' })
      expect(await refusalOf(at.reject(sent, 'No.', person))).toMatchObject({ code: 'not_allowed' })
    }
    const nothing = { submission: 'nothing' }
    expect(await refusalOf(at.approve(nothing))).toMatchObject({ code: 'submission_not_found' })
    expect(await refusalOf(at.reject(nothing))).toMatchObject({ code: 'submission_not_found' })
    expect(await refusalOf(at.reject(sent, ' '))).toMatchObject({ code: 'request_invalid' })
  })
})

describe('what happens to submissions is kept', () => {
  test('from its creation to its decision, in order', async () => {
    const first = await at.upload('eventful')
    const second = await at.upload('eventful', other)
    await at.reject(second)
    const third = await at.upload('eventful')
    await at.approve(third, at.sam)
    await at.approve(third)
    const events = await at.eventsOf('eventful')
    const told = events.map(({ type, actor, version, data }) => {
      const { submission, digest } = JSON.parse(data)
      return [type, actor, version, submission, digest]
    })
    expect(told).toEqual([
      ['submission.created', 'ann', '1.0.0', first.submission, first.digest],
      ['submission.replaced', 'ann', '1.0.0', first.submission, first.digest],
      ['submission.created', 'ann', '1.0.0', second.submission, second.digest],
      ['submission.rejected', 'sue', '1.0.0', second.submission, second.digest],
      ['submission.created', 'ann', '1.0.0', third.submission, third.digest],
      ['submission.approved', 'sam', '1.0.0', third.submission, third.digest],
    ])
    expect(JSON.stringify(events)).not.toContain('icon is missing')
  })

  test('a draft is nothing that happened until it is submitted, by whichever way', async () => {
    const draft = { query: { submit: false } }
    await at.upload('quiet-a', draft)
    await at.upload('quiet-b', draft)
    expect([await at.eventsOf('quiet-a'), await at.eventsOf('quiet-b')]).toEqual([[], []])
    await at.ann.client.submitVersion({ params: { pluginId: 'quiet-a' }, body: { version: '1.0.0' } })
    await at.ann.client.submitVersion({ params: { pluginId: 'quiet-a' }, body: { version: '1.0.0' } })
    await at.upload('quiet-b')
    await at.upload('quiet-b')
    for (const id of ['quiet-a', 'quiet-b']) {
      expect(await at.eventsOf(id)).toMatchObject([{ type: 'submission.created', actor: 'ann' }])
    }
  })
})

describe('points of a rejection', () => {
  const thin = { files: { 'README.md': '# Thin\n' } }
  const reject = (submission: string | null, points: { code?: string; path?: string; message: string }[]) =>
    at.sue.client.rejectSubmission({ params: idOf(submission), body: { reason: 'See the points.', points } })
  const mark = (submission: string | null, pointId: string, state: 'fixed' | 'still-open') =>
    at.sam.client.markPoint({ params: { ...idOf(submission), pointId }, body: { state } })

  test('are shown with what has become of them, by findings and by the reviewer', async () => {
    const first = await at.upload('pointed', thin)
    expect(first.findings.length).toBeGreaterThan(0)
    const code = first.findings[0]?.code ?? ''
    await reject(first.submission, [
      { code, path: 'README.md', message: 'Say what it does.' },
      { message: 'The colours are too loud.' },
    ])
    const { points, resubmission: none } = await at.show(first, at.ann)
    expect(none).toBeNull()
    expect(points).toEqual([
      { id: expect.any(String), code, path: 'README.md', message: 'Say what it does.', state: 'new' },
      { id: expect.any(String), message: 'The colours are too loud.', state: 'new' },
    ])

    const second = await at.upload('pointed', { manifest: { version: '1.0.1' } })
    const { resubmission } = await at.show(second, at.ann)
    expect(resubmission).toMatchObject({
      rejected: first.submission,
      version: '1.0.0',
      decidedBy: 'sue',
      reason: 'See the points.',
      points: [
        { id: points[0]?.id, state: 'fixed', markedBy: null },
        { id: points[1]?.id, state: 'still-open', markedBy: null },
      ],
    })
    expect(resubmission?.findings).toEqual({ fixed: first.findings, stillOpen: [], new: [] })

    const marked = await mark(second.submission, points[1]?.id ?? '', 'fixed')
    expect(marked.resubmission?.points[1]).toMatchObject({ state: 'fixed', markedBy: 'sam' })
    const taken = await mark(second.submission, points[0]?.id ?? '', 'still-open')
    expect(taken.resubmission?.points.map(({ state }) => state)).toEqual(['still-open', 'fixed'])
    expect((await at.show(second, at.ann)).resubmission).toEqual(taken.resubmission)
  })

  test('stay open through the next rejection, and end with an approval', async () => {
    const first = await at.upload('long-road')
    await reject(first.submission, [{ message: 'Say what it costs.' }])
    const second = await at.upload('long-road', { manifest: { version: '1.0.1' } })
    await reject(second.submission, [{ message: 'Name your support.' }])
    const { points } = await at.show(second)
    expect(points).toMatchObject([
      { message: 'Name your support.', state: 'new' },
      { message: 'Say what it costs.', state: 'still-open' },
    ])
    const third = await at.upload('long-road', { manifest: { version: '1.0.2' } })
    for (const { id } of points) await mark(third.submission, id, 'fixed')
    await at.approve(third)
    const fourth = await at.upload('long-road', { manifest: { version: '1.1.0' } })
    expect((await at.show(fourth)).resubmission).toBeNull()
  })

  test('a beta that was rejected is not forgotten because a release was approved', async () => {
    const beta = await at.upload('two-lines', { manifest: { version: '2.0.0-beta.1' } })
    await at.reject(beta)
    await at.approve(await at.upload('two-lines', { manifest: { version: '1.0.0' } }))
    const again = await at.upload('two-lines', {
      manifest: { version: '2.0.0-beta.1', description: other.manifest.description },
    })
    expect((await at.show(again)).resubmission).toMatchObject({ rejected: beta.submission, version: '2.0.0-beta.1' })
    const release = await at.upload('two-lines', { manifest: { version: '1.0.1' } })
    expect((await at.show(release)).resubmission).toBeNull()
  })

  test('can come with a rejection of the version too', async () => {
    const { id, version, digest, submission } = await at.upload('by-version')
    await at.sue.client.rejectVersion({
      params: { pluginId: id },
      body: { version, digest, reason: 'No.', points: [{ message: 'Use fewer words.' }] },
    })
    expect((await at.show({ submission })).points).toMatchObject([{ message: 'Use fewer words.', state: 'new' }])
  })

  test('are limited, and marked by reviewers while the submission waits', async () => {
    const first = await at.upload('strict')
    const many = Array.from({ length: 51 }, (_, index) => ({ message: `Point ${index}.` }))
    expect(await refusalOf(reject(first.submission, many))).toMatchObject({ code: 'request_invalid' })
    expect(await refusalOf(reject(first.submission, [{ message: ' ' }]))).toMatchObject({ code: 'request_invalid' })
    await reject(first.submission, many.slice(1))
    const [point] = (await at.show(first)).points
    const id = point?.id ?? ''
    expect(await refusalOf(mark(first.submission, id, 'fixed'))).toMatchObject({ code: 'state_conflict' })
    const second = await at.upload('strict', other)
    const params = { ...idOf(second.submission), pointId: id }
    const own = at.ann.client.markPoint({ params, body: { state: 'fixed' } })
    expect(await refusalOf(own)).toMatchObject({ code: 'not_allowed' })
    expect(await refusalOf(mark(second.submission, 'nothing', 'fixed'))).toMatchObject({ code: 'point_not_found' })
  })
})
