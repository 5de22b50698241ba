import type { PluginDetail, PublishAnswer } from '@plexica/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { refusalOf } from './refusal-of.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let ann: Person
let bob: Person
let sue: Person
let tom: Person

beforeAll(async () => {
  registry = await startTestRegistry()
  ann = await registry.person('ann', 'publisher')
  bob = await registry.person('bob', 'publisher')
  sue = await registry.person('sue', 'super-admin')
  await sue.client.createTenant({ body: { id: 'acme', name: 'Acme' } })
  tom = await registry.person('tom', 'tenant-admin', 'acme')
})
afterAll(() => registry.stop())

const submit = (id: string, version = '1.0.0', name = id) =>
  ann.client.publishPlugin({ body: inChunks(goodPackage({ manifest: { id, version, name } })) })
const approve = ({ id, version, digest }: PublishAnswer) =>
  sue.client.approveVersion({ params: { pluginId: id }, body: { version, digest } })
const seenBy = async (id: string) => (await (await read(id)).json()) as PluginDetail
const read = (id: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${registry.url}/api/plugins/${id}`, { method, headers })

describe('before its first approval', () => {
  beforeAll(() => submit('secret-plan'))

  test('a plugin does not exist for anybody but its owners and super-admins', async () => {
    const params = { pluginId: 'secret-plan' }
    for (const client of [registry.anonymous(), bob.client, tom.client]) {
      expect(await refusalOf(client.getPlugin({ params }))).toMatchObject({
        code: 'plugin_not_found',
        message: 'There is no plugin secret-plan.',
      })
    }
    for (const { client } of [ann, sue]) {
      const plugin = await client.getPlugin({ params })
      expect(plugin).toMatchObject({
        status: 'PENDING_REVIEW',
        latestVersion: null,
        icon: null,
        screenshots: [],
        publishedAt: null,
        owners: ['ann'],
      })
    }
    // What an owner was answered is not kept for others.
    expect((await read('secret-plan')).status).toBe(404)
  })

  test('it stands in no list and no search', async () => {
    expect((await ann.client.listPlugins()).plugins.map(({ id }) => id)).not.toContain('secret-plan')
    expect((await sue.client.searchPlugins({ query: { q: 'secret' } })).total).toBe(0)
  })
})

describe('a published plugin', () => {
  beforeAll(async () => {
    await approve(await submit('open-book'))
  })

  test('is seen by everybody, with its files and its listing', async () => {
    const plugin = await registry.anonymous().getPlugin({ params: { pluginId: 'open-book' } })
    expect(plugin).toMatchObject({
      id: 'open-book',
      status: 'PUBLISHED',
      latestVersion: '1.0.0',
      license: 'MIT',
      category: 'content',
      tags: ['greeting', 'card'],
      pricing: { type: 'free' },
      requiredPermissions: ['orders:read'],
      network: ['api.example.com'],
      averageRating: 0,
      ratingCount: 0,
      installCount: 0,
      readme: expect.stringContaining('# Greeting card'),
      icon: `${registry.url}/plugins/bundles/open-book/v1.0.0/assets/icon.svg`,
      screenshots: [
        { url: `${registry.url}/plugins/bundles/open-book/v1.0.0/assets/card.png`, alt: expect.any(String) },
      ],
    })
    expect((await fetch(plugin.icon ?? '')).status).toBe(200)
    const { plugins, total } = await registry.anonymous().listPlugins()
    expect(total).toBe(plugins.length)
    expect(plugins).toContainEqual(expect.objectContaining({ id: 'open-book', latestVersion: '1.0.0' }))
    expect(JSON.stringify(plugins)).not.toContain('readme')
  })

  test('answers 304 to those who have it, and the same to HEAD without a body', async () => {
    for (let round = 0; round < 2; round++) {
      const first = await read('open-book')
      const etag = first.headers.get('etag') ?? ''
      expect(etag).toMatch(/^"[\w-]{20,}"$/)
      expect(first.headers.get('cache-control')).toBe('no-cache')
      for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await read('open-book', { 'if-none-match': tags })
        expect([again.status, await again.text()]).toEqual([304, ''])
        expect(again.headers.get('etag')).toBe(etag)
      }
      expect((await read('open-book', { 'if-none-match': '"other"' })).status).toBe(200)
      const head = await read('open-book', {}, 'HEAD')
      expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', etag])
      expect(head.headers.get('content-length')).toBe(first.headers.get('content-length'))
      const withKey = await read('open-book', { authorization: `Bearer ${ann.key}`, 'if-none-match': etag })
      expect(withKey.status).toBe(304)
    }
  })

  test('a rejected or waiting version beside it changes nothing that people see', async () => {
    const before = await seenBy('open-book')
    const { id, version, digest } = await submit('open-book', '1.0.1', 'Another name')
    await sue.client.rejectVersion({ params: { pluginId: id }, body: { version, digest, reason: 'Not yet.' } })
    const after = await seenBy('open-book')
    expect({ ...after, updatedAt: '' }).toEqual({ ...before, updatedAt: '' })
    expect((await registry.anonymous().searchPlugins({ query: { q: 'another name' } })).total).toBe(0)
  })

  test('an approval shows at once, to those too who asked all the time', async () => {
    const waiting = await submit('open-book', '1.1.0', 'Open book two')
    let asking = true
    const seen = new Set<string | null>()
    const askers = Array.from({ length: 4 }, async () => {
      while (asking) seen.add((await seenBy('open-book')).latestVersion)
    })
    await approve(waiting)
    // The answer to the approval has come: whoever asks from now on sees it.
    expect(await seenBy('open-book')).toMatchObject({ latestVersion: '1.1.0', name: 'Open book two' })
    asking = false
    await Promise.all(askers)
    expect([...seen].filter((version) => version !== '1.0.0' && version !== '1.1.0')).toEqual([])
    expect(await seenBy('open-book')).toMatchObject({ latestVersion: '1.1.0' })
    expect((await registry.anonymous().searchPlugins({ query: { q: 'book two' } })).plugins).toMatchObject([
      { id: 'open-book', name: 'Open book two' },
    ])
  })

  test('an installation counts at once', async () => {
    await read('open-book')
    const body = { grantedPermissions: ['orders:read'] }
    await tom.client.installPlugin({ params: { tenantId: 'acme', pluginId: 'open-book' }, body })
    expect(await seenBy('open-book')).toMatchObject({ installCount: 1 })
  })
})

test('a list comes newest first, in pages', async () => {
  for (const id of ['page-a', 'page-b', 'page-c']) await approve(await submit(id))
  const { total, plugins } = await registry.anonymous().listPlugins()
  const ids = plugins.map(({ id }) => id)
  expect(ids.slice(0, 3)).toEqual(['page-c', 'page-b', 'page-a'])
  const pages = []
  for (let skip = 0; skip < total; skip++) {
    pages.push(...(await registry.anonymous().listPlugins({ query: { skip, take: 1 } })).plugins)
  }
  expect(pages.map(({ id }) => id)).toEqual(ids)
  expect(await registry.anonymous().listPlugins({ query: { skip: total } })).toEqual({ plugins: [], total })
})

test('what was published stays as it was through a restart', async () => {
  const before = await seenBy('open-book')
  await registry.restart()
  const after = await seenBy('open-book')
  const withoutPictures = { icon: '', screenshot: null, screenshots: [] }
  expect({ ...after, ...withoutPictures }).toEqual({ ...before, ...withoutPictures })
})
