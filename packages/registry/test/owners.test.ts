import { afterAll, describe, expect, test } from 'vitest'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { plainPackage } from './plain-package.ts'
import { refusalOf } from './refusal-of.ts'
import { startPeople } from './start-people.ts'
import type { Person } from './test-registry.ts'

const { registry, ann, bob, sue, ...people } = await startPeople()
afterAll(() => registry.stop())
const cleo = await registry.person('cleo', 'publisher')

const upload = (person: Person, id: string, version = '1.0.0') =>
  people.upload(plainPackage({ id, version }), {}, person)
const publish = (person: Person, id: string, version = '1.0.0') =>
  people.publish(plainPackage({ id, version }), {}, person)
const add = (person: Person, pluginId: string, subject: string) =>
  person.client.addOwner({ params: { pluginId, subject } })
const remove = (person: Person, pluginId: string, subject: string) =>
  person.client.removeOwner({ params: { pluginId, subject } })
const names = ({ owners }: { owners: { subject: string }[] }) => owners.map(({ subject }) => subject)
const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code

describe('owners', () => {
  test('let others in, who may then do as much', async () => {
    await publish(ann, 'co-op')
    expect(await codeOf(upload(bob, 'co-op', '1.1.0'))).toBe('not_owner')
    expect(names(await add(ann, 'co-op', 'bob'))).toEqual(['ann', 'bob'])
    expect(names(await add(ann, 'co-op', 'bob'))).toEqual(['ann', 'bob'])
    expect((await upload(bob, 'co-op', '1.1.0')).status).toBe('pending_review')
    expect(names(await registry.anonymous().listOwners({ params: { pluginId: 'co-op' } }))).toEqual(['ann', 'bob'])
    expect((await registry.anonymous().getPlugin({ params: { pluginId: 'co-op' } })).owners).toEqual(['ann', 'bob'])
  })

  test('put each other out, but never the last one', async () => {
    expect(names(await remove(bob, 'co-op', 'ann'))).toEqual(['bob'])
    expect(await codeOf(upload(ann, 'co-op', '1.2.0'))).toBe('not_owner')
    expect(await codeOf(remove(bob, 'co-op', 'ann'))).toBe('owner_not_found')
    for (const person of [bob, sue]) expect(await codeOf(remove(person, 'co-op', 'bob'))).toBe('last_owner')
    expect(await codeOf(add(ann, 'co-op', 'ann'))).toBe('not_owner')
    expect(names(await add(sue, 'co-op', 'ann'))).toEqual(['bob', 'ann'])
  })

  test('who leave at one time leave one behind', async () => {
    const left = await Promise.allSettled([remove(ann, 'co-op', 'ann'), remove(bob, 'co-op', 'bob')])
    expect(left.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(names(await registry.anonymous().listOwners({ params: { pluginId: 'co-op' } }))).toHaveLength(1)
  })

  test('of what is not published are shown to themselves', async () => {
    await upload(ann, 'secret-plan')
    const list = (person: Person) => person.client.listOwners({ params: { pluginId: 'secret-plan' } })
    expect(names(await list(ann))).toEqual(['ann'])
    expect(await codeOf(list(bob))).toBe('plugin_not_found')
    expect(await codeOf(add(ann, 'no-such-plugin', 'bob'))).toBe('plugin_not_found')
    expect(await codeOf(add(ann, 'secret-plan', 'Not A Name'))).toBe('request_invalid')
  })

  test('have no say in the ratings of their plugin, nor had they any', async () => {
    await publish(ann, 'rated')
    for (const tenantId of ['acme', 'globex']) {
      const params = { tenantId, pluginId: 'rated' }
      await sue.client.installPlugin({ params, body: {} })
    }
    const dan = await registry.person('dan', 'tenant-user', 'acme')
    const eve = await registry.person('eve', 'tenant-user', 'globex')
    const params = { pluginId: 'rated' }
    await dan.client.ratePlugin({ params, body: { stars: 5, review: 'The best of all.' } })
    const { id } = await eve.client.ratePlugin({ params, body: { stars: 2 } })
    await dan.client.voteOnRating({ params: { ...params, ratingId: id }, body: { vote: 'not-helpful' } })
    expect(await registry.anonymous().getPlugin({ params })).toMatchObject({ averageRating: 3.5, ratingCount: 2 })

    await add(ann, 'rated', 'dan')
    expect(await registry.anonymous().getPlugin({ params })).toMatchObject({ averageRating: 2, ratingCount: 1 })
    const { ratings } = await registry.anonymous().listRatings({ params })
    expect(ratings).toMatchObject([{ id, stars: 2, helpfulCount: 0, notHelpfulCount: 0 }])
    expect(await codeOf(dan.client.ratePlugin({ params, body: { stars: 5 } }))).toBe('own_plugin')
  })
})

describe('an id', () => {
  const preflight = (person: Person, id: string) =>
    person.client.preflight({ body: inChunks(goodPackage({ manifest: { id } })) })

  test.each(['admin', 'plexica', 'p1exica', 'recommended'])('%s is reserved', async (id) => {
    const refused = await refusalOf(upload(ann, id))
    const errors = refused.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)
    expect([refused.code, errors]).toEqual(['package_refused', ['manifest-reserved-id']])
  })

  test('that reads like another one is refused, whoever asks', async () => {
    await upload(ann, 'modern-list')
    for (const id of ['modernlist', 'modem-list', 'm0dern-list', 'mod-ern-1ist']) {
      for (const person of [ann, bob]) {
        expect(await refusalOf(upload(person, id))).toMatchObject({
          code: 'id_looks_taken',
          status: 409,
          message: `${id} reads like modern-list, which is there already.`,
        })
      }
      expect(await preflight(bob, id)).toMatchObject({ verdict: 'refused', code: 'id_looks_taken' })
    }
    expect((await upload(ann, 'modern-list', '1.0.1')).created).toBe(true)
  })

  test('is given to one of those who ask for its likes at one time', async () => {
    const asked = await Promise.allSettled([upload(ann, 'twin-one'), upload(bob, 'tw-in-one'), upload(cleo, 'twlnone')])
    expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
    for (const result of asked) if (result.status === 'rejected') expect(result.reason.code).toBe('id_looks_taken')
  })

  test('a letter away from a known one is a warning to the reviewer, until it is published', async () => {
    await publish(ann, 'weather-report')
    const warning = expect.objectContaining({
      code: 'name-resembles',
      severity: 'warning',
      message: 'The id weather-reporter is easily taken for weather-report.',
    })
    const uploaded = await upload(bob, 'weather-reporter')
    expect(uploaded.findings).toEqual([warning])
    const submission = (person: Person, submissionId: string | null) =>
      person.client.getSubmission({ params: { submissionId: submissionId ?? '' } })
    expect((await submission(sue, uploaded.submission)).findings).toEqual([warning])
    const again = await upload(bob, 'weather-reporter', '1.0.1')
    expect((await submission(sue, again.submission)).findings).toEqual([warning])
    expect((await preflight(bob, 'weather-reports')).findings.map(({ code }) => code)).toEqual(['name-resembles'])
    expect((await preflight(ann, 'weather-reports')).findings).toEqual([])

    const { digest } = uploaded
    await sue.client.approveVersion({ params: { pluginId: 'weather-reporter' }, body: { version: '1.0.0', digest } })
    expect((await upload(bob, 'weather-reporter', '1.0.2')).findings).toEqual([])
  })
})
