import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusalOf } from './refusal-of.ts'
import { idOf, minutesAgo, type ReviewRegistry, type Sent, startReviewRegistry } from './review-people.ts'
import type { Person } from './test-registry.ts'

let at: ReviewRegistry

beforeAll(async () => {
  at = await startReviewRegistry()
})
afterAll(() => at.stop())

const claim = (person: Person, { submission }: Sent, body: { takeOver?: boolean } = {}) =>
  person.client.claimSubmission({ params: idOf(submission), body })
const release = (person: Person, { submission }: Sent) => person.client.releaseSubmission({ params: idOf(submission) })
const holder = async (sent: Sent) => (await at.show(sent)).claim?.by

test('a claim tells the others who looks at a submission, and since when', async () => {
  const sent = await at.upload('held')
  const { claim: mine } = await claim(at.sue, sent)
  expect(mine).toEqual({ by: 'sue', at: expect.stringMatching(/Z$/), until: expect.stringMatching(/Z$/) })
  expect(Date.parse(mine?.until ?? '') - Date.parse(mine?.at ?? '')).toBe(30 * 60_000)
  const [listed] = (await at.sam.client.listSubmissions({ query: { pluginId: 'held' } })).submissions
  expect(listed?.claim).toEqual(mine)
  expect(await refusalOf(claim(at.sam, sent))).toMatchObject({
    code: 'submission_claimed',
    status: 409,
    message: `sue looks at held@1.0.0 since ${mine?.at}.`,
  })
  expect(await holder(sent)).toBe('sue')
})

test('another reviewer may take it over, and only the one who has it lets go', async () => {
  const sent = await at.upload('handed-on')
  await claim(at.sue, sent)
  expect((await claim(at.sam, sent, { takeOver: true })).claim?.by).toBe('sam')
  expect(await refusalOf(release(at.sue, sent))).toMatchObject({ code: 'submission_claimed' })
  await release(at.sam, sent)
  expect(await holder(sent)).toBeUndefined()
  await release(at.sam, sent)
  await release(at.sue, sent)
  expect((await claim(at.sue, sent)).claim?.by).toBe('sue')
  const events = await at.eventsOf('handed-on')
  expect(events.map(({ type, actor, data }) => [type, actor, JSON.parse(data).claimed, JSON.parse(data).from])).toEqual(
    [
      ['submission.created', 'ann', undefined, undefined],
      ['submission.claimed', 'sue', true, undefined],
      ['submission.claimed', 'sam', true, 'sue'],
      ['submission.claimed', 'sam', false, undefined],
      ['submission.claimed', 'sue', true, undefined],
    ],
  )
})

test('a claim ends after half an hour; claiming again renews it and is no news', async () => {
  const sent = await at.upload('left-alone')
  const { submissionId } = idOf(sent.submission)
  await claim(at.sue, sent)
  await at.setTime(submissionId, 'claimed_at', minutesAgo(29))
  expect(await holder(sent)).toBe('sue')
  const renewed = await claim(at.sue, sent)
  expect(Date.parse(renewed.claim?.at ?? '')).toBeGreaterThan(minutesAgo(1).getTime())
  await at.setTime(submissionId, 'claimed_at', minutesAgo(31))
  expect(await holder(sent)).toBeUndefined()
  expect((await claim(at.sam, sent)).claim?.by).toBe('sam')
  expect((await at.eventsOf('left-alone')).filter(({ type }) => type === 'submission.claimed')).toHaveLength(2)
})

test('of many who claim at once, one gets it', async () => {
  const sent = await at.upload('wanted')
  const asked = await Promise.allSettled([claim(at.sue, sent), claim(at.sam, sent)])
  const got = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value.claim?.by] : []))
  expect(got).toEqual([await holder(sent)])
})

test('deciding needs no claim, and ends every claim', async () => {
  const sent = await at.upload('decided-anyway')
  await claim(at.sue, sent)
  expect((await at.approve(sent, at.sam)).decidedBy).toBe('sam')
  expect((await at.show(sent)).claim).toBeNull()
  expect(await refusalOf(claim(at.sue, sent))).toMatchObject({
    code: 'state_conflict',
    message: expect.stringMatching(/^This submission of decided-anyway@1\.0\.0 was approved by sam at 2.+Z\.$/),
  })
})

test('is for reviewers, and for submissions that there are', async () => {
  const sent = await at.upload('not-for-all')
  for (const person of [at.ann, at.tom]) {
    expect(await refusalOf(claim(person, sent))).toMatchObject({ code: 'not_allowed' })
    expect(await refusalOf(release(person, sent))).toMatchObject({ code: 'not_allowed' })
  }
  const nothing = { ...sent, submission: 'nothing' }
  expect(await refusalOf(claim(at.sue, nothing))).toMatchObject({ code: 'submission_not_found' })
  expect(await refusalOf(release(at.sue, nothing))).toMatchObject({ code: 'submission_not_found' })
})
