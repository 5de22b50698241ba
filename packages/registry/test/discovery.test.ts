import type { Client } from '@plexica/api'
import type { Category } from '@plexica/manifest-schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { openWorld } from '../src/open-world.ts'
import { addOwner } from '../src/plugins/owner-store.ts'
import { refreshPlugin } from '../src/plugins/refresh-plugin.ts'
import type { World } from '../src/world.ts'
import { refusalOf } from './refusal-of.ts'
import { type SeededPlugin, seedPlugins } from './seed-plugins.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let world: World
let close: () => Promise<void>
let client: Client
let root: Person

beforeAll(async () => {
  registry = await startTestRegistry()
  ;({ world, close } = await openWorld(registry.config, () => registry.url))
  client = registry.anonymous()
  root = await registry.person('root', 'super-admin')
})
afterAll(async () => {
  await close()
  await registry.stop()
})

const suggested = async (q: string, take?: number) =>
  (await client.suggestPlugins({ query: { q, ...(take ? { take } : {}) } })).suggestions.map(({ id }) => id)
const popular = async (query: Parameters<Client['popularPlugins']>[0] = {}) =>
  (await client.popularPlugins(query)).plugins.map(({ id }) => id)

/** A plugin and what the lists sort by. */
const listing = (
  id: string,
  name: string,
  { category = 'content', ...counts }: Omit<SeededPlugin, 'manifest'> & { category?: Category },
): SeededPlugin => ({ ...counts, manifest: { id, name, category } })

describe('suggestions and what is popular', () => {
  beforeAll(() =>
    seedPlugins(world.db, [
      listing('sales-chart', 'Sales Chart', { installCount: 90, averageRating: 4.5, ratingCount: 40 }),
      listing('stock-charts', 'Stock Charts', { installCount: 300, category: 'analytics' }),
      listing('chart', 'Plain', { installCount: 2 }),
      listing('charity-box', 'Charity Box', { installCount: 20, averageRating: 5, ratingCount: 30 }),
      listing('donations', 'Charity donations', { installCount: 20, averageRating: 2, ratingCount: 30 }),
      listing('creme', 'Crème brûlée', { installCount: 1, category: 'analytics' }),
      listing('chart-old', 'Chart old', { installCount: 5_000 }),
      listing('chart-draft', 'Chart draft', { state: 'draft', installCount: 9_000 }),
      listing('chart-gone', 'Chart gone', { state: 'yanked', installCount: 9_000 }),
      listing('chart-waiting', 'Chart waiting', { state: 'pending_review', installCount: 9_000 }),
    ]),
  )
  // Counts are written beside the listings here; the next refresh tells the suggestions.
  beforeAll(async () => {
    const ids = await world.db.selectFrom('plugins').select('id').execute()
    await world.db.transaction().execute(async (trx) => {
      for (const { id } of ids) await refreshPlugin(trx, id, '2026-01-01T00:00:00.000Z')
      await addOwner(trx, 'chart-old', 'ann', '2026-01-01T00:00:00.000Z')
    })
    await root.client.deprecatePlugin({ params: { pluginId: 'chart-old' }, body: { reason: 'Nobody mends it.' } })
  })

  test.each([
    ['chart', ['chart', 'stock-charts', 'sales-chart']],
    ['CHAR', ['stock-charts', 'sales-chart', 'charity-box', 'donations', 'chart']],
    ['c', ['stock-charts', 'sales-chart', 'charity-box', 'donations', 'chart', 'creme']],
    ['charity', ['charity-box', 'donations']],
    ['charity d', ['donations']],
    ['stock charts', ['stock-charts']],
    ['sal chart', []],
    ['chart sa', ['sales-chart']],
    ['Crème', ['creme']],
    ['creme bru', ['creme']],
    ['plain', ['chart']],
  ])('%s', async (q, expected) => {
    expect(await suggested(q)).toEqual(expected)
  })

  test.each([
    ['chatr', ['stock-charts', 'sales-chart', 'charity-box', 'donations', 'chart']],
    ['sales chatr', ['sales-chart']],
    ['donatoins', ['donations']],
    ['sotck chrats', ['stock-charts']],
    ['xyzxyz', []],
    ['chart xyzxyz', []],
  ])('a slip is forgiven where nothing begins so: %s', async (q, expected) => {
    expect(await suggested(q)).toEqual(expected)
  })

  test.each(['', ' ', '***', "c' OR 1=1 --", '%', '_', `${'word '.repeat(40)}`, 'x'.repeat(200)])('%j', async (q) => {
    expect(await suggested(q)).toEqual([])
  })

  test('are short, and as many as asked for', async () => {
    expect(await client.suggestPlugins({ query: { q: 'stock' } })).toEqual({
      suggestions: [{ id: 'stock-charts', name: 'Stock Charts', icon: null, category: 'analytics' }],
    })
    expect(await suggested('c', 2)).toEqual(['stock-charts', 'sales-chart'])
    for (const take of [0, 21]) {
      expect(await refusalOf(client.suggestPlugins({ query: { q: 'c', take } }))).toMatchObject({ status: 400 })
    }
  })

  test('what is popular: by installs, then by the smoothed rating', async () => {
    const all = ['stock-charts', 'sales-chart', 'charity-box', 'donations', 'chart', 'creme']
    expect(await popular()).toEqual(all)
    expect(await popular({ query: { take: 3 } })).toEqual(all.slice(0, 3))
    expect(await popular({ query: { category: 'analytics' } })).toEqual(['stock-charts', 'creme'])
    expect(await popular({ query: { category: 'shipping' } })).toEqual([])
    expect(await refusalOf(client.popularPlugins({ query: { take: 101 } }))).toMatchObject({ status: 400 })
  })

  test('answers for everybody may be kept some seconds, those for one person not', async () => {
    const headers = { authorization: `Bearer ${root.key}` }
    for (const path of ['suggest?q=c', 'popular', 'trending']) {
      const anybody = await fetch(`${registry.url}/api/plugins/${path}`)
      expect(anybody.headers.get('cache-control')).toMatch(/^public, max-age=\d\d?$/)
      const somebody = await fetch(`${registry.url}/api/plugins/${path}`, { headers })
      expect(somebody.headers.get('cache-control')).toBe('private, no-cache')
      expect(somebody.headers.get('vary')).toContain('authorization')
      const known = { 'if-none-match': anybody.headers.get('etag') ?? '' }
      expect((await fetch(`${registry.url}/api/plugins/${path}`, { headers: known })).status).toBe(304)
      await Promise.all([anybody.arrayBuffer(), somebody.arrayBuffer()])
    }
  })
})

describe('tenants', () => {
  const tenants = new Map<string, Person>()
  const install = async (tenant: string, ...pluginIds: string[]) => {
    const person = tenants.get(tenant) ?? (await newTenant(tenant))
    for (const pluginId of pluginIds) {
      await person.client.installPlugin({
        params: { tenantId: tenant, pluginId },
        body: { grantedPermissions: ['orders:read'] },
      })
    }
  }
  const newTenant = async (id: string) => {
    await root.client.createTenant({ body: { id, name: id } })
    const person = await registry.person(`admin-of-${id}`, 'tenant-admin', id)
    tenants.set(id, person)
    return person
  }
  const recommended = async (tenant: string, take = 3) =>
    (await tenants.get(tenant)?.client.recommendedPlugins({ query: { take } }))?.plugins.map(({ id }) => id)

  beforeAll(async () => {
    const pia = await registry.person('pia', 'publisher')
    for (const id of ['alpha', 'bravo', 'delta', 'gamma', 'omega', 'sigma']) {
      const manifest = { id, name: id, category: id === 'sigma' ? ('finance' as const) : ('shipping' as const) }
      const bytes = goodPackage({ manifest })
      const { version, digest } = await pia.client.publishPlugin({ body: inChunks(bytes) })
      await root.client.approveVersion({ params: { pluginId: id }, body: { version, digest } })
    }
    await install('t1', 'alpha', 'bravo', 'delta', 'sigma')
    await install('t2', 'alpha', 'bravo', 'gamma')
    await install('t3', 'alpha', 'gamma')
    await install('acme', 'alpha')
    await newTenant('empty')
  })

  test('what tenants with the same plugins have too comes first, and never what the tenant has', async () => {
    // Two of the three that have alpha have bravo, and two gamma; what only one has is not told.
    expect((await recommended('acme', 2))?.toSorted()).toEqual(['bravo', 'gamma'])
    const all = (await recommended('acme', 100)) ?? []
    expect(all.slice(2).toSorted()).toEqual(['delta', 'omega'])
    expect(await recommended('t1', 100)).toEqual(
      ['gamma', 'omega', 'stock-charts', 'sales-chart', 'charity-box'].slice(0, 2),
    )
  })

  test('a tenant that has nothing gets what is popular', async () => {
    expect(await recommended('empty')).toEqual(['stock-charts', 'sales-chart', 'charity-box'])
  })

  test('what is deprecated is not recommended', async () => {
    const params = { pluginId: 'gamma' }
    await root.client.deprecatePlugin({ params, body: { reason: 'Nobody mends it.' } })
    expect(await recommended('acme', 100)).not.toContain('gamma')
    await root.client.undeprecatePlugin({ params })
    expect(await recommended('acme', 100)).toContain('gamma')
  })

  test('a super-admin names the tenant; others have their own, and know of none beside', async () => {
    const ask = (person: Person, tenantId?: string) =>
      person.client.recommendedPlugins({ query: tenantId === undefined ? {} : { tenantId } })
    const acme = tenants.get('acme') as Person
    expect(await ask(root, 'acme')).toEqual(await ask(acme))
    expect(await ask(acme, 'acme')).toEqual(await ask(acme))
    for (const person of [acme, root]) {
      expect(await refusalOf(ask(person, 'nobody'))).toMatchObject({
        code: 'tenant_not_found',
        message: 'There is no tenant nobody.',
      })
    }
    expect(await refusalOf(ask(acme, 't1'))).toMatchObject({
      code: 'tenant_not_found',
      message: 'There is no tenant t1.',
    })
    expect(await refusalOf(ask(root))).toMatchObject({ code: 'request_invalid' })
    expect(await refusalOf(registry.anonymous().recommendedPlugins())).toMatchObject({ code: 'key_missing' })
  })

  test('an install moves a plugin up in what is suggested', async () => {
    const order = await suggested('alp')
    expect(order).toEqual(['alpha'])
    const rows = await world.db
      .selectFrom('search_beginnings')
      .innerJoin('plugins', 'plugins.number', 'search_beginnings.number')
      .select('popularity')
      .where('plugins.id', '=', 'alpha')
      .distinct()
      .execute()
    expect(rows).toEqual([{ popularity: 4 }])
  })
})
