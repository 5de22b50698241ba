import { setTimeout as wait } from 'node:timers/promises'
import type { Manifest } from '@plexica/manifest-schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { openWorld } from '../src/open-world.ts'
import { sweepBlobs } from '../src/publishing/sweep-blobs.ts'
import { plainPackage } from './plain-package.ts'
import { refusalOf } from './refusal-of.ts'
import { type PublishQuery, startPeople } from './start-people.ts'
import type { Person } from './test-registry.ts'

const { registry, ann, bob, sue, tom, gil, install, ...people } = await startPeople()
afterAll(() => registry.stop())

const bytesOf = (manifest: Partial<Manifest>) => plainPackage(manifest)
const upload = (manifest: Partial<Manifest>, query: PublishQuery = {}, person = ann) =>
  people.upload(plainPackage(manifest), query, person)
const publish = (id: string, version = '1.0.0', query: PublishQuery = {}) =>
  people.publish(plainPackage({ id, version }), query)
const change = (person: Person, pluginId: string, body: Parameters<Person['client']['changePlugin']>[0]['body']) =>
  person.client.changePlugin({ params: { pluginId }, body })
const remove = (person: Person, pluginId: string, reason = 'It steals.') =>
  person.client.deletePlugin({ params: { pluginId }, query: { reason } })
const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code
const isThere = (pluginId: string, person?: Person) =>
  (person?.client ?? registry.anonymous()).getPlugin({ params: { pluginId } }).then(
    () => true,
    ({ code }) => (code === 'plugin_not_found' ? false : code),
  )
async function put(person: Person, pluginId: string, body: unknown) {
  const response = await fetch(`${registry.url}/api/plugins/${pluginId}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${person.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, problem: (await response.json()) as { code: string; findings?: unknown[] } }
}

describe('visibility and tenants', () => {
  beforeAll(() => publish('meter'))

  test('are set by its owners, together or one by one', async () => {
    expect(await change(ann, 'meter', { visibility: 'private' })).toEqual({
      id: 'meter',
      visibility: 'private',
      tenants: [],
    })
    expect([await isThere('meter'), await isThere('meter', tom), await isThere('meter', ann)]).toEqual([
      false,
      false,
      true,
    ])
    const granted = { id: 'meter', visibility: 'private', tenants: ['acme', 'globex'] }
    expect(await change(ann, 'meter', { tenants: ['globex', 'acme'] })).toEqual(granted)
    expect(await change(sue, 'meter', { visibility: 'private' })).toEqual(granted)
    expect([await isThere('meter', tom), await isThere('meter', gil)]).toEqual([true, true])
    expect((await change(ann, 'meter', { tenants: ['acme'] })).tenants).toEqual(['acme'])
    expect([await isThere('meter', tom), await isThere('meter', gil)]).toEqual([true, false])
    expect(await change(ann, 'meter', { visibility: 'public', tenants: [] })).toMatchObject({ tenants: [] })
    expect(await isThere('meter')).toBe(true)
  })

  test('that are set as they were are no news', async () => {
    const { world, close } = await openWorld(registry.config, () => registry.url)
    const news = async () =>
      (await world.db.selectFrom('events').select('type').where('plugin_id', '=', 'meter').execute()).filter(
        ({ type }) => type === 'plugin.changed',
      ).length
    const before = await news()
    await change(ann, 'meter', { visibility: 'public', tenants: [] })
    await change(ann, 'meter', { tenants: ['acme'] })
    await change(ann, 'meter', { visibility: 'public' })
    await change(ann, 'meter', { tenants: ['acme'], visibility: 'public' })
    expect((await news()) - before).toBe(1)
    await change(ann, 'meter', { tenants: [] })
    expect((await news()) - before).toBe(2)
    await close()
  })

  test('are nobody else’s to set', async () => {
    expect(await codeOf(change(bob, 'meter', { visibility: 'private' }))).toBe('not_owner')
    expect(await codeOf(change(tom, 'meter', { visibility: 'private' }))).toBe('not_allowed')
    expect(await codeOf(change(ann, 'no-such-plugin', { visibility: 'private' }))).toBe('plugin_not_found')
  })

  test('take known tenants only, and all mistakes come at once', async () => {
    const refused = await refusalOf(change(ann, 'meter', { tenants: ['acme', 'initech', 'hooli'] }))
    expect(refused.code).toBe('request_invalid')
    expect(refused.findings.map(({ path, message }) => [path, message])).toEqual([
      ['body.tenants.1', 'There is no tenant initech.'],
      ['body.tenants.2', 'There is no tenant hooli.'],
    ])
    expect((await change(ann, 'meter', { visibility: 'public' })).tenants).toEqual([])
    const most = Array.from({ length: 1_001 }, (_, n) => `t-${n}`)
    for (const tenants of [most, ['acme', 'acme'], ['No Tenant']]) {
      expect((await put(ann, 'meter', { tenants })).problem.code).toBe('request_invalid')
    }
    const many = await refusalOf(change(ann, 'meter', { tenants: most.slice(1) }))
    expect([many.code, many.findings.length]).toEqual(['request_invalid', 50])
  })

  test('are all that can be set: the listing comes from the manifest', async () => {
    const { status, problem } = await put(ann, 'meter', { visibility: 'private', name: 'Meter', description: 'x' })
    expect([status, problem.code]).toEqual([400, 'request_invalid'])
    expect(problem.findings).toEqual(
      ['name', 'description'].map((name) =>
        expect.objectContaining({
          message: `body has no field ${name}.`,
          fix: expect.stringContaining('come from the manifest'),
        }),
      ),
    )
    expect((await put(ann, 'meter', {})).problem.code).toBe('request_invalid')
    expect((await put(ann, 'meter', { visibility: 'hidden' })).problem.code).toBe('request_invalid')
    expect(await isThere('meter')).toBe(true)
  })
})

describe('a plugin that tenants have installed', () => {
  beforeAll(async () => {
    await publish('in-use')
    await install(tom, 'acme', 'in-use')
    await install(gil, 'globex', 'in-use')
  })

  test('is not taken from them by becoming private: owners read how many, super-admins which', async () => {
    const refused = await refusalOf(change(ann, 'in-use', { visibility: 'private', tenants: ['acme'] }))
    expect(refused).toMatchObject({
      code: 'tenants_not_granted',
      status: 409,
      message: '1 tenant has in-use installed and is not granted it.',
      findings: [],
      fix: expect.stringContaining('`tenants`'),
    })
    const told = await refusalOf(change(sue, 'in-use', { visibility: 'private' }))
    expect(told.message).toBe('2 tenants have in-use installed and are not granted it.')
    expect(told.findings.map(({ message }) => message)).toEqual([
      'The tenant acme has in-use installed.',
      'The tenant globex has in-use installed.',
    ])
    expect(await isThere('in-use')).toBe(true)
  })

  test('becomes private for them, and is not taken back', async () => {
    await change(ann, 'in-use', { visibility: 'private', tenants: ['acme', 'globex'] })
    expect([await isThere('in-use'), await isThere('in-use', gil)]).toEqual([false, true])
    expect(await codeOf(change(ann, 'in-use', { tenants: ['acme'] }))).toBe('tenants_not_granted')
    expect(await isThere('in-use', gil)).toBe(true)
    const { installations } = await gil.client.listInstallations({ params: { tenantId: 'globex' } })
    expect(installations.find(({ pluginId }) => pluginId === 'in-use')?.bundle?.url).toContain('/~')
  })

  test('at the same moment is either private or installed', async () => {
    for (let round = 0; round < 12; round++) {
      const id = `raced-${round}`
      await publish(id)
      const [installed, changed] = await Promise.allSettled([
        install(gil, 'globex', id),
        // A little later each time, so that it falls between what the installation reads and what it writes.
        wait(round / 2).then(() => change(ann, id, { visibility: 'private' })),
      ])
      expect([changed.status, installed.status].sort()).toEqual(['fulfilled', 'rejected'])
      const { installations } = await gil.client.listInstallations({
        params: { tenantId: 'globex' },
        query: { take: 100 },
      })
      expect(installations.some(({ pluginId }) => pluginId === id)).toBe(await isThere(id))
    }
  })
})

describe('a plugin that is private from its first version on', () => {
  test('is never public', async () => {
    const query = { visibility: 'private' } as const
    const bytes = bytesOf({ id: 'born-private' })
    expect(await ann.client.preflight({ body: inChunks(bytes), query })).toMatchObject({ verdict: 'accepted' })
    await publish('born-private', '1.0.0', query)
    expect([await isThere('born-private'), await isThere('born-private', bob)]).toEqual([false, false])
    expect(await ann.client.getPlugin({ params: { pluginId: 'born-private' } })).toMatchObject({
      status: 'PUBLISHED',
      visibility: 'private',
    })
    await publish('born-private', '1.1.0')
    expect(await isThere('born-private')).toBe(false)
    expect(await upload({ id: 'born-private', version: '1.1.0' }, query)).toMatchObject({ created: false })
  })

  test('is what the request says, or the request is refused', async () => {
    await publish('known-public')
    for (const [id, visibility] of [
      ['known-public', 'private'],
      ['born-private', 'public'],
    ] as const) {
      const manifest = { id, version: '3.0.0' }
      const refused = await refusalOf(upload(manifest, { visibility }))
      expect([refused.code, refused.status]).toEqual(['visibility_conflict', 409])
      const body = inChunks(bytesOf(manifest))
      expect(await ann.client.preflight({ body, query: { visibility } })).toMatchObject({
        verdict: 'refused',
        code: 'visibility_conflict',
      })
    }
    expect(await isThere('known-public')).toBe(true)
  })
})

describe('a deleted plugin', () => {
  test('is one that no tenant has', async () => {
    await publish('doomed')
    await install(tom, 'acme', 'doomed')
    expect(await refusalOf(remove(sue, 'doomed'))).toMatchObject({
      code: 'plugin_in_use',
      status: 409,
      message: '1 tenant has doomed installed.',
    })
    expect(await isThere('doomed')).toBe(true)
  })

  test('leaves every answer with all its versions, also those kept in memory', async () => {
    for (const version of ['1.0.0', '1.1.0']) await publish('goner', version)
    await upload({ id: 'goner', version: '2.0.0' }, { submit: false })
    const addresses = [
      'api/plugins/goner',
      'api/plugins/goner/versions/1.0.0/package',
      'plugins/bundles/goner/v1.1.0/bundle.js',
    ].map((path) => `${registry.url}/${path}`)
    const statuses = () => Promise.all(addresses.map(async (url) => (await fetch(url)).status))
    expect([await statuses(), await statuses()]).toEqual([
      [200, 200, 200],
      [200, 200, 200],
    ])
    await remove(sue, 'goner')
    expect(await statuses()).toEqual([404, 404, 404])
    for (const person of [undefined, ann, sue]) {
      const client = person?.client ?? registry.anonymous()
      expect(await isThere('goner', person)).toBe(false)
      expect(await codeOf(client.listVersions({ params: { pluginId: 'goner' } }))).toBe('plugin_not_found')
      expect((await client.searchPlugins({ query: { q: 'goner' } })).total).toBe(0)
    }
    const queue = await sue.client.listSubmissions({ query: { pluginId: 'goner' } })
    expect(queue.total).toBe(0)
    expect(await codeOf(remove(sue, 'goner'))).toBe('plugin_not_found')
  })

  test('leaves its id to its owners, and its numbers to nobody', async () => {
    expect(await codeOf(upload({ id: 'goner', version: '9.0.0' }, {}, bob))).toBe('not_owner')
    expect(await codeOf(upload({ id: 'g0ner', version: '9.0.0' }, {}, bob))).toBe('id_looks_taken')
    for (const version of ['1.0.0', '1.1.0', '2.0.0']) {
      expect(await codeOf(upload({ id: 'goner', version }))).toBe('version_taken')
    }
    await publish('goner', '3.0.0')
    expect((await registry.anonymous().listVersions({ params: { pluginId: 'goner' } })).total).toBe(1)
  })

  test('takes along what was said of it', async () => {
    await publish('rated', '1.0.0')
    await install(tom, 'acme', 'rated')
    await tom.client.ratePlugin({ params: { pluginId: 'rated' }, body: { stars: 2, review: 'It was slow at times.' } })
    const { world, close } = await openWorld(registry.config, () => registry.url)
    await world.db.deleteFrom('installations').where('plugin_id', '=', 'rated').execute()
    await close()
    await ann.client.deprecatePlugin({ params: { pluginId: 'rated' }, body: { reason: 'Old.' } })
    await change(ann, 'rated', { visibility: 'private', tenants: ['acme'] })
    await remove(sue, 'rated')
    await publish('rated', '2.0.0')
    // It stays private: what comes back under the id must not be seen by more people than before.
    expect([await isThere('rated'), await isThere('rated', tom)]).toEqual([false, false])
    expect(await ann.client.getPlugin({ params: { pluginId: 'rated' } })).toMatchObject({
      visibility: 'private',
      deprecation: null,
      ratingCount: 0,
      averageRating: 0,
    })
    expect(await ann.client.listRatings({ params: { pluginId: 'rated' } })).toMatchObject({ ratings: [], total: 0 })
  })

  test('loses its blobs to the sweeper', async () => {
    await publish('bulky', '1.0.0')
    const { world, close } = await openWorld(registry.config, () => registry.url)
    try {
      await sweepBlobs(world, { grace: -60_000 })
      await remove(sue, 'bulky')
      expect((await sweepBlobs(world, { grace: -60_000 })).deleted).toBeGreaterThan(1)
    } finally {
      await close()
    }
  })

  test('is deleted by super-admins only, who say why', async () => {
    for (const person of [ann, tom]) expect(await codeOf(remove(person, 'doomed'))).toBe('not_allowed')
    for (const reason of ['', '  ']) expect(await codeOf(remove(sue, 'doomed', reason))).toBe('request_invalid')
    const url = `${registry.url}/api/plugins/doomed`
    const headers = { authorization: `Bearer ${sue.key}` }
    expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(400)
    expect(await codeOf(remove(sue, 'no-such-plugin'))).toBe('plugin_not_found')
  })
})

test('what was changed and deleted stands among the events, without the tenants', async () => {
  await publish('told')
  await change(ann, 'told', { visibility: 'private', tenants: ['acme'] })
  await remove(sue, 'told', 'Nobody wants it.')
  const { world, close } = await openWorld(registry.config, () => registry.url)
  const rows = await world.db
    .selectFrom('events')
    .select(['type', 'actor', 'tenant_id', 'data'])
    .where('plugin_id', '=', 'told')
    .where('type', 'in', ['plugin.changed', 'plugin.deleted'])
    .orderBy('number')
    .execute()
  await close()
  expect(rows).toEqual([
    { type: 'plugin.changed', actor: 'ann', tenant_id: null, data: '{"visibility":"private"}' },
    { type: 'plugin.deleted', actor: 'sue', tenant_id: null, data: '{"reason":"Nobody wants it."}' },
  ])
})
