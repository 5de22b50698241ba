import type { Submission } from '@plexica/api'
import type { Manifest } from '@plexica/manifest-schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { refusalOf } from './refusal-of.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let ann: Person
let bob: Person
let sue: Person
let sam: Person
let tom: Person

beforeAll(async () => {
  registry = await startTestRegistry()
  ann = await registry.person('ann', 'publisher')
  bob = await registry.person('bob', 'publisher')
  sue = await registry.person('sue', 'super-admin')
  sam = await registry.person('sam', 'super-admin')
  await sue.client.createTenant({ body: { id: 'acme', name: 'Acme' } })
  tom = await registry.person('tom', 'tenant-admin', 'acme')
})
afterAll(() => registry.stop())

const upload = (person: Person, manifest: Partial<Manifest>, draft = false) =>
  person.client.publishPlugin({
    body: inChunks(goodPackage({ manifest: { name: 'Any name', ...manifest } })),
    ...(draft ? { query: { submit: false } } : {}),
  })
type Version = { id: string; version: string; digest: string }
const approve = (person: Person, { id, version, digest }: Version) =>
  person.client.approveVersion({ params: { pluginId: id }, body: { version, digest } })
const reject = (person: Person, { id, version, digest }: Version, reason = 'The icon is missing.') =>
  person.client.rejectVersion({ params: { pluginId: id }, body: { version, digest, reason } })
const stateOf = async ({ id, version }: Version) =>
  (await ann.client.getVersion({ params: { pluginId: id, version } })).state

describe('a decision', () => {
  test('is about the bytes that were looked at', async () => {
    const first = await upload(ann, { id: 'swapped' })
    const second = await upload(ann, { id: 'swapped', description: 'Other bytes under the same number, sent later.' })
    expect(second.digest).not.toBe(first.digest)
    for (const decide of [approve, reject]) {
      expect(await refusalOf(decide(sue, first))).toMatchObject({
        code: 'digest_changed',
        status: 409,
        message: `swapped@1.0.0 is now ${second.digest}.`,
      })
    }
    expect(await stateOf(second)).toBe('pending_review')
    expect((await approve(sue, second)).status).toBe('published')
  })

  test('approving again what is approved is the same success', async () => {
    const version = await upload(ann, { id: 'approved' })
    const answers = [await approve(sue, version), await approve(sam, version)]
    expect(answers[1]).toEqual(answers[0])
    expect(answers[0]).toEqual({
      id: 'approved',
      version: '1.0.0',
      digest: version.digest,
      status: 'published',
      submission: version.submission,
      decidedBy: 'sue',
      decidedAt: expect.stringMatching(/Z$/),
    })
    const submission = await ann.client.getSubmission({ params: { submissionId: version.submission ?? '' } })
    expect(submission).toMatchObject({ state: 'approved', decidedBy: 'sue', reason: null, position: null })
  })

  test('that comes too late is told who decided what and when', async () => {
    const approved = await upload(ann, { id: 'taken-in' })
    await approve(sue, approved)
    expect(await refusalOf(reject(sam, approved))).toMatchObject({
      code: 'state_conflict',
      message: expect.stringMatching(/^taken-in@1\.0\.0 is published: approved by sue at \d{4}-\d\d-\d\dT[\d:.]+Z\.$/),
    })
    const rejected = await upload(ann, { id: 'turned-down' })
    await reject(sue, rejected)
    for (const decide of [approve, reject]) {
      expect(await refusalOf(decide(sam, rejected))).toMatchObject({
        code: 'state_conflict',
        message: expect.stringContaining('is rejected: rejected by sue at 2'),
      })
    }
  })

  test('a rejection tells the author why, and frees the number for other bytes', async () => {
    const version = await upload(ann, { id: 'second-try' })
    expect((await reject(sue, version, 'The readme says nothing.\nTry again.')).status).toBe('rejected')
    const params = { pluginId: 'second-try', version: '1.0.0' }
    expect(await ann.client.getVersion({ params })).toMatchObject({
      state: 'rejected',
      reason: 'The readme says nothing.\nTry again.',
    })
    const again = await upload(ann, { id: 'second-try', description: 'Now with a readme that says something.' })
    expect(again).toMatchObject({ status: 'pending_review', created: true })
    expect(again.submission).not.toBe(version.submission)
    expect(await ann.client.getVersion({ params })).toMatchObject({ state: 'pending_review', reason: null })
    const first = await ann.client.getSubmission({ params: { submissionId: version.submission ?? '' } })
    expect(first).toMatchObject({
      state: 'rejected',
      digest: version.digest,
      reason: expect.stringContaining('readme'),
    })
  })

  test.each(['', '  \n '])('a rejection needs a reason: %j', async (reason) => {
    const version = { id: 'second-try', version: '1.0.0', digest: `sha256-${'a'.repeat(64)}` }
    const refused = await refusalOf(reject(sue, version, reason))
    expect(refused).toMatchObject({ code: 'request_invalid', status: 400 })
    expect(refused.findings.map(({ path }) => path)).toContain('body.reason')
  })

  test('about what is not there', async () => {
    const digest = `sha256-${'a'.repeat(64)}`
    const nothing = { id: 'nothing', version: '1.0.0', digest }
    expect(await refusalOf(approve(sue, nothing))).toMatchObject({ code: 'plugin_not_found' })
    expect(await refusalOf(reject(sue, { id: 'approved', version: '9.9.9', digest }))).toMatchObject({
      code: 'version_not_found',
    })
  })

  test('is not for publishers or tenants', async () => {
    const version = await upload(ann, { id: 'own-judge' })
    for (const person of [ann, tom]) {
      expect(await refusalOf(approve(person, version))).toMatchObject({ code: 'not_allowed' })
      expect(await refusalOf(reject(person, version))).toMatchObject({ code: 'not_allowed' })
    }
    expect(await stateOf(version)).toBe('pending_review')
  })
})

describe('two admins at once', () => {
  test('one who approves and one who rejects: exactly one wins, and what they decided holds', async () => {
    for (let round = 0; round < 5; round++) {
      const version = await upload(ann, { id: `raced-${round}` })
      const decisions =
        round % 2 ? [approve(sue, version), reject(sam, version)] : [reject(sam, version), approve(sue, version)]
      const settled = await Promise.allSettled(decisions)
      const won = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      const lost = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
      expect(lost).toMatchObject([{ code: 'state_conflict' }])
      expect(won).toMatchObject([{ status: await stateOf(version) }])
      const winner = won[0]?.status === 'published' ? 'approved by sue' : 'rejected by sam'
      expect(lost[0].message).toContain(winner)
    }
  })

  test('both approve: both are told that it is published', async () => {
    const version = await upload(ann, { id: 'agreed' })
    const answers = await Promise.all([approve(sue, version), approve(sam, version), approve(sue, version)])
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect((await registry.anonymous().searchPlugins({ query: { q: 'agreed' } })).total).toBe(1)
  })

  test('an upload beside an approval: the approved bytes are those that were looked at, or none are', async () => {
    const version = await upload(ann, { id: 'moving' })
    const [approved, replaced] = await Promise.allSettled([
      approve(sue, version),
      upload(ann, { id: 'moving', description: 'Other bytes, sent while the admin decides about the first.' }),
    ])
    expect([approved.status, replaced.status].filter((status) => status === 'fulfilled')).toHaveLength(1)
    if (approved.status === 'rejected') expect(approved.reason).toMatchObject({ code: 'digest_changed' })
    if (replaced.status === 'rejected') expect(replaced.reason).toMatchObject({ code: 'version_taken' })
  })
})

describe('submitting a draft', () => {
  test('puts it into the queue; again is the same success', async () => {
    const draft = await upload(ann, { id: 'drafted' }, true)
    expect(draft).toMatchObject({ status: 'draft', submission: null, position: null })
    const submit = () => ann.client.submitVersion({ params: { pluginId: 'drafted' }, body: { version: '1.0.0' } })
    const first = await submit()
    expect(first).toMatchObject({ status: 'pending_review', digest: draft.digest })
    expect(await submit()).toEqual(first)
    await approve(sue, draft)
    expect(await refusalOf(submit())).toMatchObject({
      code: 'state_conflict',
      message: expect.stringContaining('is published: approved by sue'),
    })
  })

  test('is for owners and super-admins', async () => {
    await upload(ann, { id: 'not-yours' }, true)
    const call = { params: { pluginId: 'not-yours' }, body: { version: '1.0.0' } }
    expect(await refusalOf(bob.client.submitVersion(call))).toMatchObject({ code: 'not_owner' })
    expect(await refusalOf(tom.client.submitVersion(call))).toMatchObject({ code: 'not_allowed' })
    const nothing = { params: { pluginId: 'nothing' }, body: { version: '1.0.0' } }
    expect(await refusalOf(ann.client.submitVersion(nothing))).toMatchObject({ code: 'plugin_not_found' })
    const other = { params: { pluginId: 'not-yours' }, body: { version: '2.0.0' } }
    expect(await refusalOf(ann.client.submitVersion(other))).toMatchObject({ code: 'version_not_found' })
    expect((await sue.client.submitVersion(call)).status).toBe('pending_review')
  })
})

describe('the queue', () => {
  let queued: Submission[]

  beforeAll(async () => {
    const { submissions } = await sue.client.listSubmissions({ query: { take: 100 } })
    for (const { pluginId: id, version, digest } of submissions) await reject(sue, { id, version, digest })
    await upload(ann, { id: 'queue-a' })
    await upload(bob, { id: 'queue-b' })
    await upload(ann, { id: 'queue-c' })
    await upload(ann, { id: 'queue-a', version: '1.1.0' })
    queued = (await sue.client.listSubmissions()).submissions
  })

  test('stands in the order of arrival, each with its place', async () => {
    expect(queued.map(({ pluginId, version, position }) => [pluginId, version, position])).toEqual([
      ['queue-a', '1.0.0', 1],
      ['queue-b', '1.0.0', 2],
      ['queue-c', '1.0.0', 3],
      ['queue-a', '1.1.0', 4],
    ])
    expect(queued[0]).toEqual({
      id: expect.stringMatching(/^[\w-]{36}$/),
      pluginId: 'queue-a',
      version: '1.0.0',
      digest: expect.stringMatching(/^sha256-/),
      state: 'pending_review',
      submittedBy: 'ann',
      submittedAt: expect.stringMatching(/Z$/),
      position: 1,
      findings: [],
      capabilities: { hosts: ['api.example.com'], permissions: ['orders:read'] },
      quality: { score: expect.any(Number), outOf: expect.any(Number) },
      decidedBy: null,
      decidedAt: null,
      reason: null,
      ageSeconds: expect.any(Number),
      typicalWaitSeconds: expect.any(Number),
      claim: null,
      severity: null,
      findingCounts: { error: 0, warning: 0, info: 0 },
      risk: expect.any(Number),
      points: [],
    })
  })

  test('owners see their own, with the places that these have among all', async () => {
    const own = await ann.client.listSubmissions()
    expect(own.total).toBe(3)
    expect(own.submissions.map(({ pluginId, position }) => [pluginId, position])).toEqual([
      ['queue-a', 1],
      ['queue-c', 3],
      ['queue-a', 4],
    ])
    expect((await bob.client.listSubmissions()).submissions).toMatchObject([{ pluginId: 'queue-b', position: 2 }])
    expect(await bob.client.listSubmissions({ query: { pluginId: 'queue-a' } })).toEqual({ submissions: [], total: 0 })
  })

  test('can be filtered and comes in pages', async () => {
    expect((await sue.client.listSubmissions({ query: { pluginId: 'queue-a' } })).total).toBe(2)
    const page = await sue.client.listSubmissions({ query: { skip: 1, take: 2 } })
    expect(page.submissions.map(({ id, position }) => [id, position])).toEqual(
      queued.slice(1, 3).map(({ id, position }) => [id, position]),
    )
    expect(page.total).toBe(4)
    const { submissions } = await ann.client.listSubmissions({ query: { state: 'rejected', take: 100 } })
    expect(submissions.length).toBeGreaterThan(1)
    for (const one of submissions) expect(one).toMatchObject({ state: 'rejected', position: null })
  })

  test('is not for tenants or strangers', async () => {
    const submissionId = queued[0]?.id ?? ''
    for (const call of [
      () => tom.client.listSubmissions(),
      () => tom.client.getSubmission({ params: { submissionId } }),
    ]) {
      expect(await refusalOf(call())).toMatchObject({ code: 'not_allowed', status: 403 })
    }
    expect(await refusalOf(registry.anonymous().listSubmissions())).toMatchObject({ code: 'key_missing' })
  })

  test('the submissions of others do not exist', async () => {
    const others = { params: { submissionId: queued[1]?.id ?? '' } }
    const seen = { id: queued[1]?.id, pluginId: 'queue-b', position: 2, resubmission: null }
    expect(await bob.client.getSubmission(others)).toMatchObject(seen)
    expect(await sue.client.getSubmission(others)).toMatchObject(seen)
    const hidden = await refusalOf(ann.client.getSubmission(others))
    const missing = await refusalOf(ann.client.getSubmission({ params: { submissionId: 'nothing' } }))
    expect(hidden).toMatchObject({ code: 'submission_not_found', fix: missing.fix })
    expect(missing.code).toBe('submission_not_found')
  })

  test('those behind a decided one move up', async () => {
    const [first] = queued
    if (!first) throw new Error('the queue is empty')
    await approve(sue, { id: first.pluginId, version: first.version, digest: first.digest })
    expect((await sue.client.listSubmissions()).submissions.map(({ position }) => position)).toEqual([1, 2, 3])
    expect(await bob.client.getSubmission({ params: { submissionId: queued[1]?.id ?? '' } })).toMatchObject({
      position: 1,
    })
  })

  test('other bytes for a waiting version go to the end, and the earlier submission is kept as replaced', async () => {
    const again = await upload(bob, { id: 'queue-b', description: 'The same version once more, with other bytes.' })
    expect(again).toMatchObject({ status: 'pending_review', position: 3 })
    const replaced = await bob.client.listSubmissions({ query: { state: 'replaced', pluginId: 'queue-b' } })
    expect(replaced.submissions).toMatchObject([{ id: queued[1]?.id, digest: queued[1]?.digest, position: null }])
  })
})
