import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { AnalyticsDay } from '@plexica/api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { csvText, prefersCsv } from '../src/analytics/csv.ts'
import type { Step } from './count-beside.ts'
import { refusalOf } from './refusal-of.ts'
import { sendPackage } from './send-package.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let ann: Person
let bob: Person
let root: Person
let tom: Person

beforeAll(async () => {
  registry = await startTestRegistry()
  ann = await registry.person('ann', 'publisher')
  bob = await registry.person('bob', 'publisher')
  root = await registry.person('root', 'super-admin')
  await root.client.createTenant({ body: { id: 'acme', name: 'Acme' } })
  tom = await registry.person('tom', 'tenant-admin', 'acme')
})
afterAll(() => registry.stop())

const today = () => new Date().toISOString().slice(0, 10)
const daysOf = async (pluginId: string, query: { from?: string; to?: string } = {}) =>
  await root.client.getPluginAnalytics({ params: { pluginId }, query })

async function publish(id: string): Promise<Uint8Array> {
  const bytes = goodPackage({ manifest: { id, requiredPermissions: [] }, files: { 'dist/backend.mjs': 'export {}' } })
  const { answer } = await sendPackage(registry, ann, bytes)
  await root.client.approveVersion({ params: { pluginId: id }, body: { version: '1.0.0', digest: answer.digest } })
  return bytes
}

/** Processes beside the registry and each other, all at work at once, each with steps of its own. */
async function beside(...work: readonly (readonly Step[])[]): Promise<void> {
  const { database } = registry.config
  const url = database.engine === 'postgres' ? database.url : `sqlite:${database.path}`
  const script = join(import.meta.dirname, 'count-beside.ts')
  const children = work.map(() => fork(script, [url], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }))
  await Promise.all(children.map((child) => once(child, 'message')))
  const ended = children.map((child) => once(child, 'exit'))
  for (const [n, child] of children.entries()) child.send(work[n] ?? [])
  expect((await Promise.all(ended)).map(([code]) => code)).toEqual(work.map(() => 0))
}

describe('downloads', () => {
  test('count packages that went out whole, with their bytes, and nothing else', async () => {
    const bytes = await publish('fetched')
    const address = `${registry.url}/api/plugins/fetched/versions/1.0.0/package`
    const get = async (init: RequestInit = {}) => (await fetch(address, init)).arrayBuffer()
    await Promise.all(Array.from({ length: 25 }, () => get()))
    await get({ method: 'HEAD' })
    await get({ headers: { range: 'bytes=0-9' } })
    await (await fetch(`${registry.url}/plugins/bundles/fetched/v1.0.0/bundle.js`)).arrayBuffer()
    // The registry writes its counts every few seconds.
    await expect.poll(async () => (await daysOf('fetched')).totals.downloads, { timeout: 25_000 }).toBe(25)

    const { days, totals, from, to } = await daysOf('fetched')
    expect(days).toHaveLength(30)
    expect([from, to]).toEqual([days[0]?.day, days[29]?.day])
    expect(totals).toMatchObject({ downloads: 25, downloadBytes: 25 * bytes.length })
    const { downloadCount } = await root.client.getPlugin({ params: { pluginId: 'fetched' } })
    expect(downloadCount).toBe(25)
  })

  test('of two days of one version are counted on each, and together once', async () => {
    const times = ['2026-03-31T23:59:59.999Z', '2026-04-01T00:00:00.000Z', '2026-04-01T00:00:00.001Z']
    const downloads = times.map((at, n) => ({ pluginId: 'at-midnight', bytes: 10 * (n + 1), at }))
    await beside([{ seed: ['at-midnight'] }, { downloads }])
    const { days } = await daysOf('at-midnight', { from: '2026-03-31', to: '2026-04-01' })
    expect(days.map(({ downloads: count, downloadBytes }) => [count, downloadBytes])).toEqual([
      [1, 10],
      [2, 50],
    ])
    const { versions } = await root.client.listVersions({ params: { pluginId: 'at-midnight' } })
    expect(versions[0]?.downloadCount).toBe(3)
  })

  test('that could not be written are written later, and not twice', async () => {
    const download = { pluginId: 'tried-again', bytes: 7, at: '2026-03-01T12:00:00.000Z' }
    await beside([{ seed: ['tried-again'] }, { lost: [download] }, { downloads: [download] }, { downloads: [] }])
    const { totals } = await daysOf('tried-again', { from: '2026-03-01', to: '2026-03-01' })
    expect(totals).toMatchObject({ downloads: 2, downloadBytes: 14 })
  })

  test('of several processes at once add up', async () => {
    const ids = Array.from({ length: 12 }, (_, n) => `shared-${n}`)
    await beside([{ seed: ids }])
    const downloads = ids.map((pluginId) => ({ pluginId, bytes: 1, at: '2026-02-02T00:00:00.000Z' }))
    await beside(
      [{ downloads, times: 20 }],
      // In another order: neither may wait for the other.
      [{ downloads: downloads.toReversed(), times: 20 }],
      [{ downloads, times: 20 }],
    )
    for (const id of ids) {
      const { totals } = await daysOf(id, { from: '2026-02-02', to: '2026-02-02' })
      expect(totals).toMatchObject({ downloads: 60, downloadBytes: 60 })
    }
  })
})

describe('installations', () => {
  test('are counted once, whoever counts at the same time and wherever one stops', async () => {
    await beside([{ seed: ['popular'] }])
    const eventsOf = (n: number) => {
      const event = { pluginId: 'popular', tenantId: `tenant-${n}`, at: '2026-05-05T10:00:00.000Z' }
      return [
        { ...event, type: 'installation.installed' as const },
        ...(n % 2 === 0 ? [{ ...event, type: 'installation.disabled' as const }] : []),
        ...(n % 3 === 0
          ? [{ ...event, type: 'installation.uninstalled' as const, at: '2026-05-06T10:00:00.000Z' }]
          : []),
        ...(n % 6 === 0 ? [{ ...event, type: 'installation.installed' as const, at: '2026-05-07T10:00:00.000Z' }] : []),
      ]
    }
    const tenants = Array.from({ length: 30 }, (_, n) => n)
    // The registry counts too, every few seconds.
    await beside(...[0, 1, 2].map((k) => [{ events: tenants.filter((n) => n % 3 === k).flatMap(eventsOf) }]))
    const { days } = await daysOf('popular', { from: '2026-05-04', to: '2026-05-08' })
    const seen = days.map(({ installs, uninstalls, installed, enabled }) => [installs, uninstalls, installed, enabled])
    expect(seen).toEqual([
      [0, 0, 0, 0],
      [30, 0, 30, 15],
      // Of the ten that went, five were disabled.
      [0, 10, 20, 10],
      [5, 0, 25, 15],
      [0, 0, 25, 15],
    ])
    const later = await daysOf('popular', { from: '2026-06-01', to: '2026-06-01' })
    expect(later.days[0]).toMatchObject({ installs: 0, installed: 25, enabled: 15 })
  })

  test('come to what a plain model says, whatever happened in whatever order', async () => {
    const types = [
      'installation.installed',
      'installation.uninstalled',
      'installation.enabled',
      'installation.disabled',
      'installation.configured',
    ] as const
    const act = fc.record({ type: fc.constantFrom(...types), tenant: fc.integer({ min: 0, max: 2 }) })
    const stories = fc.sample(fc.array(act, { maxLength: 15 }), 20)
    const at = '2026-05-05T10:00:00.000Z'
    const pluginOf = (n: number) => `modelled-${n}`
    const events = stories.flatMap((acts, n) =>
      acts.map(({ type, tenant }) => ({ type, pluginId: pluginOf(n), tenantId: `tenant-${tenant}`, at })),
    )
    await beside([{ seed: stories.map((_, n) => pluginOf(n)) }, { events }])
    for (const [n, acts] of stories.entries()) {
      const model = new Map<number, boolean>()
      let [installs, uninstalls] = [0, 0]
      for (const { type, tenant } of acts) {
        if (type === 'installation.installed' && !model.has(tenant)) {
          model.set(tenant, true)
          installs++
        } else if (type === 'installation.uninstalled') uninstalls += Number(model.delete(tenant))
        else if (model.has(tenant) && type === 'installation.enabled') model.set(tenant, true)
        else if (model.has(tenant) && type === 'installation.disabled') model.set(tenant, false)
      }
      const { days } = await daysOf(pluginOf(n), { from: '2026-05-05', to: '2026-05-05' })
      const enabled = [...model.values()].filter(Boolean).length
      expect(days[0], JSON.stringify(acts)).toMatchObject({ installs, uninstalls, installed: model.size, enabled })
    }
  })
})

test('ratings are those that show, on the day on which they were given', async () => {
  await publish('rated')
  const params = { pluginId: 'rated' }
  await tom.client.installPlugin({
    params: { tenantId: 'acme', pluginId: 'rated' },
    body: {},
  })
  const before = today()
  const { id } = await tom.client.ratePlugin({ params, body: { stars: 2 } })
  await tom.client.ratePlugin({ params, body: { stars: 5 } })
  const of = async () => (await daysOf('rated', { from: before, to: today() })).totals
  expect(await of()).toMatchObject({ ratings: 1, stars: 5 })
  await root.client.moderateRating({ params: { ratingId: id }, body: { action: 'hide', reason: 'Rude.' } })
  expect(await of()).toMatchObject({ ratings: 0, stars: 0 })
})

describe('who asks for what', () => {
  const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code

  test('a plugin’s numbers are its owners’ and super-admins’ business', async () => {
    await publish('private-numbers')
    const params = { pluginId: 'private-numbers' }
    expect((await ann.client.getPluginAnalytics({ params })).days).toHaveLength(30)
    expect(await codeOf(bob.client.getPluginAnalytics({ params }))).toBe('not_owner')
    expect(await codeOf(tom.client.getPluginAnalytics({ params }))).toBe('not_allowed')
    expect(await codeOf(registry.anonymous().getPluginAnalytics({ params }))).toBe('key_missing')
    expect(await codeOf(ann.client.getAnalytics())).toBe('not_allowed')
    expect(await codeOf(root.client.getPluginAnalytics({ params: { pluginId: 'nothing' } }))).toBe('plugin_not_found')
  })

  test.each([
    [{ from: '2026-02-01', to: '2026-01-31' }, 'query.to'],
    [{ from: '2025-01-01', to: '2026-02-05' }, 'query.from'],
    [{ from: '2026-02-30' }, 'query.from'],
    [{ from: 'today' }, 'query.from'],
    [{ to: '2026-01-01T00:00:00Z' }, 'query.to'],
  ])('%j is refused', async (query, path) => {
    const refusal = await refusalOf(root.client.getAnalytics({ query }))
    expect(refusal).toMatchObject({ code: 'request_invalid', findings: [{ path }] })
  })

  test('400 days are given, over leap days and ends of years', async () => {
    const { days } = await root.client.getAnalytics({ query: { from: '2023-12-31', to: '2025-02-02' } })
    expect(days).toHaveLength(400)
    expect(days.map(({ day }) => day)).toEqual([...new Set(days.map(({ day }) => day))].toSorted())
    expect(days.some(({ day }) => day === '2024-02-29')).toBe(true)
  })

  test('the whole registry is the sum of its plugins, and names those with the most downloads', async () => {
    const ids = Array.from({ length: 25 }, (_, n) => `top-${String(n).padStart(2, '0')}`)
    const at = '2022-08-08T08:00:00.000Z'
    const downloads = ids.flatMap((pluginId, n) => Array.from({ length: n + 1 }, () => ({ pluginId, bytes: 3, at })))
    await beside([{ seed: ids }, { downloads }])
    const { totals, topPlugins } = await root.client.getAnalytics({ query: { from: '2022-08-01', to: '2022-08-31' } })
    expect(totals).toMatchObject({ downloads: 325, downloadBytes: 975 })
    expect(topPlugins).toHaveLength(20)
    expect(topPlugins.map(({ pluginId }) => pluginId)).toEqual(ids.toReversed().slice(0, 20))
    expect(topPlugins[0]).toEqual({ pluginId: 'top-24', downloads: 25, downloadBytes: 75, installs: 0, uninstalls: 0 })
  })
})

describe('CSV', () => {
  const get = (address: string, accept = '*/*') =>
    fetch(registry.url + address, { headers: { authorization: `Bearer ${root.key}`, accept } })

  test('has the days of the JSON answer, cell by cell', async () => {
    const pluginId = 'tabular'
    await beside([
      { seed: [pluginId] },
      { downloads: [{ pluginId, bytes: 1234, at: '2026-01-02T08:00:00.000Z' }] },
      { events: [{ type: 'installation.installed', pluginId, tenantId: 'acme', at: '2026-01-03T08:00:00.000Z' }] },
    ])
    const address = '/api/plugins/tabular/analytics?from=2026-01-01&to=2026-01-03'
    const response = await get(`${address}&format=csv`)
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="tabular-2026-01-01-2026-01-03.csv"')
    expect(await response.text()).toBe(
      [
        'day,downloads,downloadBytes,installs,uninstalls,installed,enabled,ratings,stars',
        '2026-01-01,0,0,0,0,0,0,0,0',
        '2026-01-02,1,1234,0,0,0,0,0,0',
        '2026-01-03,0,0,1,0,1,1,0,0',
        '',
      ].join('\r\n'),
    )
    const { days } = (await (await get(address)).json()) as { days: AnalyticsDay[] }
    expect(days.map((day) => Object.values(day).length)).toEqual([9, 9, 9])
    expect(await (await get(address, 'text/csv')).text()).toContain('2026-01-02,1,1234')
    expect((await get(`${address}&format=json`, 'text/csv')).headers.get('content-type')).toContain('application/json')
    const whole = await get('/api/analytics?from=2026-01-01&to=2026-01-01', 'text/csv')
    expect(whole.headers.get('content-disposition')).toContain('registry-2026-01-01-2026-01-01.csv')
    expect((await get('/api/analytics?format=xml')).status).toBe(400)
  })

  test.each([
    [undefined, false],
    ['*/*', false],
    ['text/csv', true],
    ['application/json, text/csv;q=0.9', false],
    ['application/json;q=0.5, text/csv', true],
    ['text/csv;q=0', false],
  ])('Accept: %s', (accept, csv) => {
    expect(prefersCsv(accept)).toBe(csv)
  })

  test('is read by RFC 4180 as it was, and no cell begins a formula', () => {
    const cell = fc.oneof(
      fc.integer(),
      fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', '=', '+', '-', '@', '\t', ' ', 'ü') }),
    )
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rows) => {
        const read = readCsv(csvText(rows))
        expect(read).toHaveLength(rows.length)
        for (const [r, row] of rows.entries()) {
          for (const [c, value] of row.entries()) {
            const shown = read[r]?.[c]
            if (typeof value === 'number') expect(shown).toBe(String(value))
            else {
              expect(shown).not.toMatch(/^[=+\-@\t\r]/)
              expect([value, `'${value}`]).toContain(shown)
            }
          }
        }
      }),
    )
  })
})

/** The grammar of RFC 4180, section 2, as it stands. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text)
    if (!found) throw new Error(`no cell at ${JSON.stringify(text.slice(cell.lastIndex))}`)
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}
