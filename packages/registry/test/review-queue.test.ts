import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusalOf } from './refusal-of.ts'
import { idOf, minutesAgo, type ReviewRegistry, type Sent, startReviewRegistry } from './review-people.ts'

let at: ReviewRegistry
/** What waits, by plugin. */
const sent: Record<string, Sent> = {}

const quiet = {
  manifest: { requiredPermissions: [], network: [], backend: undefined },
  files: { 'dist/backend.mjs': undefined, 'dist/bundle.js': 'export const GreetingCard=()=>null\n' },
}

beforeAll(async () => {
  at = await startReviewRegistry()
  // A plugin that is published, so that its next version is no first one.
  await at.approve(await at.upload('calm', quiet))
  sent.many = await at.upload('many')
  sent.calm = await at.upload('calm', { ...quiet, manifest: { ...quiet.manifest, version: '1.1.0' } })
  sent.note = await at.upload('note', { ...quiet, files: { ...quiet.files, 'README.md': '# Note\n' } }, at.bob)
  for (const [index, { submission }] of Object.values(sent).entries()) {
    await at.setTime(idOf(submission).submissionId, 'submitted_at', minutesAgo(30 - 10 * index))
  }
})
afterAll(() => at.stop())

const list = async (query = {}, person = at.sue) => (await person.client.listSubmissions({ query })).submissions
const idsOf = (submissions: { pluginId: string }[]) => submissions.map(({ pluginId }) => pluginId)

test('says of each how long it has waited, what was found, and how much it asks for', async () => {
  const [many, calm, note] = await list()
  expect([many?.pluginId, calm?.pluginId, note?.pluginId]).toEqual(['many', 'calm', 'note'])
  for (const [one, minutes] of [
    [many, 30],
    [calm, 20],
    [note, 10],
  ] as const) {
    expect(one?.ageSeconds).toBeGreaterThanOrEqual(minutes * 60)
    expect(one?.ageSeconds).toBeLessThan(minutes * 60 + 60)
  }
  expect(many).toMatchObject({ severity: null, findingCounts: { error: 0, warning: 0, info: 0 } })
  expect(note?.severity).toBe('info')
  expect(note?.findingCounts).toEqual({ error: 0, warning: 0, info: note?.findings.length })
  // A permission, a host, code on the server, and a first version; nothing; a first version with notes.
  expect([many?.risk, calm?.risk, note?.risk]).toEqual([80, 0, 10 + (note?.findings.length ?? 0)])
})

test('gives each reviewer their own, while they look at them', async () => {
  const params = idOf(sent.calm?.submission ?? null)
  await at.sue.client.claimSubmission({ params, body: {} })
  expect(idsOf(await list({ mine: true }))).toEqual(['calm'])
  expect(await list({ mine: true }, at.sam)).toEqual([])
  await at.setTime(params.submissionId, 'claimed_at', minutesAgo(30))
  expect(await list({ mine: true })).toEqual([])
  await at.sue.client.releaseSubmission({ params })
})

test('comes by risk, and each keeps its place by age', async () => {
  const byRisk = await list({ sort: 'risk' })
  expect(byRisk.map(({ pluginId, position }) => [pluginId, position])).toEqual([
    ['many', 1],
    ['note', 3],
    ['calm', 2],
  ])
  expect(idsOf(await list({ sort: 'risk', skip: 1, take: 1 }))).toEqual(['note'])
  expect(idsOf(await list({ sort: 'risk' }, at.ann))).toEqual(['many', 'calm'])
  expect(idsOf(await list({ sort: 'risk', pluginId: 'calm' }))).toEqual(['calm'])
  expect(idsOf(await list({ sort: 'newest' }))).toEqual(['note', 'calm', 'many'])
  const refused = await refusalOf(at.sue.client.listSubmissions({ query: { sort: 'name' as 'age' } }))
  expect(refused.code).toBe('request_invalid')
})

test('the typical wait is the median of what people have decided', async () => {
  const waits = async () => (await list()).map(({ typicalWaitSeconds }) => typicalWaitSeconds)
  // One was decided so far, at once.
  const [before] = await waits()
  expect(before).toBeLessThan(60)
  for (const [id, minutes] of [
    ['waited-long', 90],
    ['waited-longest', 500],
  ] as const) {
    const one = await at.upload(id)
    await at.setTime(idOf(one.submission).submissionId, 'submitted_at', minutesAgo(minutes))
    await at.reject(one)
    expect((await at.show(one)).ageSeconds).toBeGreaterThanOrEqual(minutes * 60)
    expect((await at.show(one)).typicalWaitSeconds).toBeNull()
  }
  const all = await waits()
  expect(new Set(all).size).toBe(1)
  expect(all[0]).toBeGreaterThanOrEqual(90 * 60)
  expect(all[0]).toBeLessThan(91 * 60)
  expect((await at.show(sent.calm as Sent, at.ann)).typicalWaitSeconds).toBe(all[0])
})

test('places are right on every page', async () => {
  for (let index = 0; index < 12; index++) await at.upload(`filler-${index}`, quiet)
  const whole = await list({ take: 100 })
  expect(whole.map(({ position }) => position)).toEqual(whole.map((_, index) => index + 1))
  const pages = [await list({ take: 5 }), await list({ skip: 5, take: 5 }), await list({ skip: 10, take: 100 })]
  expect(pages.flat().map(({ id, position }) => [id, position])).toEqual(
    whole.map(({ id, position }) => [id, position]),
  )
})
