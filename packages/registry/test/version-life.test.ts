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
const publish = async (id: string, version: string, query: PublishQuery = {}) =>
  (await people.publish(plainPackage({ id, version }), query)).digest
const yank = (person: Person, pluginId: string, version: string, reason = 'It loses orders.') =>
  person.client.yankVersion({ params: { pluginId, version }, body: { reason } })
const unyank = (person: Person, pluginId: string, version: string) =>
  person.client.unyankVersion({ params: { pluginId, version } })
const remove = (person: Person, pluginId: string, version: string, reason = 'It steals.') =>
  person.client.deleteVersion({ params: { pluginId, version }, query: { reason } })
const anybody = () => registry.anonymous()
const seen = async (pluginId: string, version: string) =>
  (await anybody().getVersion({ params: { pluginId, version } })).version
const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code
const isListed = async (id: string) => {
  const found = await anybody().searchPlugins({ query: { q: id } })
  const browsed = await anybody().searchPlugins({ query: { take: 100 } })
  const { plugins } = await anybody().listPlugins({ query: { take: 100 } })
  return [found.plugins, browsed.plugins, plugins].map((list) => list.some((plugin) => plugin.id === id))
}
const bundle = (id: string, version: string) => fetch(`${registry.url}/plugins/bundles/${id}/v${version}/bundle.js`)

describe('a yanked version', () => {
  beforeAll(async () => {
    await publish('ledger', '1.0.0')
    await publish('ledger', '1.1.0')
    await install(tom, 'acme', 'ledger', '1.1.0')
  })

  test('is withdrawn by an owner, with a reason that everybody reads', async () => {
    expect(await codeOf(yank(ann, 'ledger', '1.1.0', ' '))).toBe('request_invalid')
    const yanked = await yank(ann, 'ledger', '1.1.0')
    expect(yanked).toMatchObject({ version: '1.1.0', state: 'yanked', reason: 'It loses orders.', channels: [] })
    expect(await anybody().getVersion({ params: { pluginId: 'ledger', version: '1.1.0' } })).toMatchObject(yanked)
    expect(await yank(sue, 'ledger', '1.1.0', 'It loses all orders.')).toMatchObject({ reason: 'It loses all orders.' })
  })

  test('is passed by by `latest`, ranges, the listing and new installations', async () => {
    expect([await seen('ledger', 'latest'), await seen('ledger', '^1.0.0')]).toEqual(['1.0.0', '1.0.0'])
    expect(await anybody().getPlugin({ params: { pluginId: 'ledger' } })).toMatchObject({ latestVersion: '1.0.0' })
    expect(await codeOf(install(gil, 'globex', 'ledger', '1.1.0'))).toBe('version_not_found')
    expect((await install(gil, 'globex', 'ledger')).version).toBe('1.0.0')
  })

  test('stays for those who pin it, who are told', async () => {
    const digest = (await anybody().getVersion({ params: { pluginId: 'ledger', version: '1.1.0' } })).digest
    expect(digest).toMatch(/^sha256-/)
    const params = { pluginId: 'ledger', version: '1.1.0' }
    expect((await anybody().getPackage({ params })).status).toBe(200)
    expect((await bundle('ledger', '1.1.0')).status).toBe(200)
    const { installations } = await tom.client.listInstallations({ params: { tenantId: 'acme' } })
    expect(installations.find(({ pluginId }) => pluginId === 'ledger')?.findings).toEqual([
      expect.objectContaining({
        code: 'version-yanked',
        severity: 'warning',
        message: 'ledger 1.1.0 was yanked: It loses all orders.',
      }),
    ])
  })

  test('takes no other bytes, and its own as before', async () => {
    expect(await codeOf(upload({ id: 'ledger', version: '1.1.0', description: 'Other bytes, sent later on.' }))).toBe(
      'version_taken',
    )
    expect(await upload({ id: 'ledger', version: '1.1.0' })).toMatchObject({ status: 'yanked', created: false })
  })

  test('comes back, as if nothing had been', async () => {
    const back = { state: 'published', reason: null, channels: ['latest'] }
    expect(await unyank(ann, 'ledger', '1.1.0')).toMatchObject(back)
    expect(await unyank(ann, 'ledger', '1.1.0')).toMatchObject(back)
    expect(await seen('ledger', 'latest')).toBe('1.1.0')
    const { installations } = await tom.client.listInstallations({ params: { tenantId: 'acme' } })
    expect(installations.find(({ pluginId }) => pluginId === 'ledger')?.findings).toEqual([])
  })

  test('that was the only one takes the plugin from every list, not its page', async () => {
    await publish('lonely', '1.0.0')
    expect(await isListed('lonely')).toEqual([true, true, true])
    await yank(ann, 'lonely', '1.0.0')
    expect(await isListed('lonely')).toEqual([false, false, false])
    const page = await anybody().getPlugin({ params: { pluginId: 'lonely' } })
    expect(page).toMatchObject({ status: 'PUBLISHED', latestVersion: null, publishedAt: null, channels: [] })
    expect(await codeOf(install(tom, 'acme', 'lonely'))).toBe('version_not_found')
    await unyank(ann, 'lonely', '1.0.0')
    expect(await isListed('lonely')).toEqual([true, true, true])
  })

  test('is nobody else’s to yank, and only what is published is yanked', async () => {
    expect(await codeOf(yank(bob, 'ledger', '1.0.0'))).toBe('not_owner')
    expect(await codeOf(yank(tom, 'ledger', '1.0.0'))).toBe('not_allowed')
    expect(await codeOf(yank(ann, 'no-such-plugin', '1.0.0'))).toBe('plugin_not_found')
    expect(await codeOf(yank(ann, 'ledger', '9.9.9'))).toBe('version_not_found')
    await upload({ id: 'ledger', version: '1.2.0' }, { submit: false })
    for (const act of [yank, unyank]) {
      expect(await refusalOf(act(ann, 'ledger', '1.2.0'))).toMatchObject({
        code: 'state_conflict',
        message: 'ledger@1.2.0 is draft.',
      })
    }
  })
})

describe('who runs a version', () => {
  test('is a number for its owners and a list for super-admins', async () => {
    await publish('clock', '1.0.0')
    await publish('clock', '1.1.0')
    await install(tom, 'acme', 'clock')
    await install(gil, 'globex', 'clock', '1.0.0')
    const usage = (person: Person, version: string, query = {}) =>
      person.client.getVersionUsage({ params: { pluginId: 'clock', version }, query })
    expect(await usage(ann, 'latest')).toEqual({ pluginId: 'clock', version: '1.1.0', total: 1, tenants: null })
    expect(await usage(sue, '1.1.0')).toEqual({
      pluginId: 'clock',
      version: '1.1.0',
      total: 1,
      tenants: [{ tenantId: 'acme', enabled: true, installedAt: expect.stringMatching(/^\d{4}-/) }],
    })
    expect(await usage(sue, '1.1.0', { skip: 1 })).toMatchObject({ total: 1, tenants: [] })
    expect(await codeOf(usage(bob, '1.0.0'))).toBe('not_owner')
    expect(await codeOf(usage(tom, '1.0.0'))).toBe('not_allowed')
    expect(await codeOf(usage(ann, '3.0.0'))).toBe('version_not_found')
  })
})

describe('a deleted version', () => {
  test('is one that no tenant has', async () => {
    await publish('thief', '1.0.0')
    await publish('thief', '1.1.0')
    await install(tom, 'acme', 'thief', '1.1.0')
    expect(await refusalOf(remove(sue, 'thief', '1.1.0'))).toMatchObject({
      code: 'version_in_use',
      status: 409,
      message: '1 tenant has thief@1.1.0 installed.',
    })
    expect(await seen('thief', '1.1.0')).toBe('1.1.0')
  })

  test('leaves every answer, also those kept in memory', async () => {
    const params = { pluginId: 'thief', version: '1.0.0' }
    const address = `${registry.url}/api/plugins/thief/versions/1.0.0/package`
    for (const get of [() => fetch(address), () => bundle('thief', '1.0.0')]) {
      for (let time = 0; time < 2; time++)
        expect((await get().then((r) => r.arrayBuffer().then(() => r))).status).toBe(200)
    }
    await remove(sue, 'thief', '1.0.0')
    expect((await fetch(address)).status).toBe(404)
    expect((await bundle('thief', '1.0.0')).status).toBe(404)
    for (const client of [anybody(), ann.client, sue.client]) {
      expect(await codeOf(client.getVersion({ params }))).toBe('version_not_found')
      const { versions, total } = await client.listVersions({ params: { pluginId: 'thief' } })
      expect([versions.map(({ version }) => version), total]).toEqual([['1.1.0'], 1])
    }
    expect(await codeOf(remove(sue, 'thief', '1.0.0'))).toBe('version_not_found')
  })

  test('leaves its number taken, for its own bytes too', async () => {
    const same = bytesOf({ id: 'thief', version: '1.0.0' })
    const other = bytesOf({ id: 'thief', version: '1.0.0', description: 'Other bytes under the number, sent later.' })
    for (const bytes of [same, other]) {
      expect(await refusalOf(ann.client.publishPlugin({ body: inChunks(bytes) }))).toMatchObject({
        code: 'version_taken',
        message: 'thief@1.0.0 was deleted; its number is not used again.',
      })
      expect(await ann.client.preflight({ body: inChunks(bytes) })).toMatchObject({
        verdict: 'refused',
        code: 'version_taken',
      })
    }
  })

  test('that was the last one leaves nothing but the id, which stays its owner’s', async () => {
    await publish('vanished', '1.0.0')
    await remove(sue, 'vanished', '1.0.0')
    for (const client of [anybody(), ann.client]) {
      expect(await codeOf(client.getPlugin({ params: { pluginId: 'vanished' } }))).toBe('plugin_not_found')
    }
    expect(await isListed('vanished')).toEqual([false, false, false])
    expect(await codeOf(upload({ id: 'vanished', version: '1.0.1' }, {}, bob))).toBe('not_owner')
    expect(await codeOf(upload({ id: 'vanished', version: '1.0.0' }))).toBe('version_taken')
    await publish('vanished', '1.0.1')
    expect(await isListed('vanished')).toEqual([true, true, true])
  })

  test('loses its blobs to the sweeper', async () => {
    await publish('swept', '1.0.0')
    await remove(sue, 'swept', '1.0.0')
    const { world, close } = await openWorld(registry.config, () => registry.url)
    const { deleted } = await sweepBlobs(world, { grace: -60_000 })
    await close()
    expect(deleted).toBeGreaterThan(1)
  })

  test('is deleted by super-admins only', async () => {
    for (const person of [ann, tom]) expect(await codeOf(remove(person, 'thief', '1.1.0'))).toBe('not_allowed')
    expect(
      await codeOf(
        sue.client.deleteVersion({ params: { pluginId: 'no-such-plugin', version: '1.0.0' }, query: { reason: 'x' } }),
      ),
    ).toBe('plugin_not_found')
    expect(await codeOf(remove(sue, 'thief', '1.1.0', ''))).toBe('request_invalid')
  })
})

describe('a deprecated plugin', () => {
  const deprecate = (person: Person, pluginId: string, body: { reason: string; successor?: string }) =>
    person.client.deprecatePlugin({ params: { pluginId }, body })

  test('says so with a reason and a successor, and is still found', async () => {
    await publish('old-map', '1.0.0')
    await publish('atlas', '1.0.0')
    const answer = await deprecate(ann, 'old-map', { reason: 'Atlas does it better.', successor: 'atlas' })
    const deprecation = { reason: 'Atlas does it better.', successor: 'atlas', at: expect.stringMatching(/Z$/) }
    expect(answer).toEqual({ id: 'old-map', status: 'DEPRECATED', deprecation })
    expect(await anybody().getPlugin({ params: { pluginId: 'old-map' } })).toMatchObject({
      status: 'DEPRECATED',
      deprecation,
    })
    expect(await isListed('old-map')).toEqual([true, true, true])
    await publish('old-map', '1.0.1')
    expect(await anybody().getPlugin({ params: { pluginId: 'old-map' } })).toMatchObject({
      status: 'DEPRECATED',
      latestVersion: '1.0.1',
    })
  })

  test('can be installed, with a warning', async () => {
    expect((await install(tom, 'acme', 'old-map')).findings).toEqual([
      expect.objectContaining({
        code: 'plugin-deprecated',
        severity: 'warning',
        message: 'old-map is deprecated: Atlas does it better.',
        fix: 'Use atlas instead.',
      }),
    ])
  })

  test('is taken back', async () => {
    const undo = () => ann.client.undeprecatePlugin({ params: { pluginId: 'old-map' } })
    const answer = { id: 'old-map', status: 'PUBLISHED', deprecation: null }
    expect([await undo(), await undo()]).toEqual([answer, answer])
    expect(await anybody().getPlugin({ params: { pluginId: 'old-map' } })).toMatchObject({ deprecation: null })
  })

  test('is one that people have, succeeded by another such', async () => {
    await upload({ id: 'unborn' })
    expect(await codeOf(deprecate(ann, 'unborn', { reason: 'x' }))).toBe('state_conflict')
    for (const successor of ['old-map', 'unborn', 'no-such-plugin']) {
      const refused = await refusalOf(deprecate(ann, 'old-map', { reason: 'x', successor }))
      expect([refused.code, refused.findings[0]?.path]).toEqual(['request_invalid', 'body.successor'])
    }
    expect(await codeOf(deprecate(bob, 'old-map', { reason: 'x' }))).toBe('not_owner')
    expect(await codeOf(deprecate(ann, 'old-map', { reason: ' ' }))).toBe('request_invalid')
  })
})
