import { rm } from 'node:fs/promises'
import { type Route, routes } from '@plexica/api'
import type { Manifest } from '@plexica/manifest-schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { plainPackage } from './plain-package.ts'
import { refusalOf } from './refusal-of.ts'
import { type PublishQuery, startPeople } from './start-people.ts'
import type { Person } from './test-registry.ts'
import { writePages } from './write-pages.ts'

let ratingId: string

const pages = await writePages()
const { registry, ann, bob, sue, tom, gil, install, ...people } = await startPeople({}, pages)
afterAll(async () => {
  await registry.stop()
  await rm(pages, { recursive: true })
})

const chunk = `export const words = ${JSON.stringify('Hello again. '.repeat(100))}\n`
const bytesOf = (manifest: Partial<Manifest>) =>
  plainPackage(manifest, {
    'dist/bundle.js': "import { words } from './chunks/words.js'\nexport const GreetingCard = () => words\n",
    'dist/chunks/words.js': chunk,
  })
const upload = (manifest: Partial<Manifest>, query: PublishQuery = {}, person = ann) =>
  people.upload(bytesOf(manifest), query, person)
const publish = (id: string, manifest: Partial<Manifest> = {}, query: PublishQuery = {}) =>
  people.publish(bytesOf({ id, ...manifest }), query)
const change = (person: Person, pluginId: string, body: Parameters<Person['client']['changePlugin']>[0]['body']) =>
  person.client.changePlugin({ params: { pluginId }, body })
const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code

beforeAll(async () => {
  await publish('open-tool')
  await publish('hidden-tool', { name: 'Zebra quotaton' }, { visibility: 'private' })
  await change(ann, 'hidden-tool', { tenants: ['acme'] })
  await install(tom, 'acme', 'hidden-tool')
  const rating = await tom.client.ratePlugin({ params: { pluginId: 'hidden-tool' }, body: { stars: 4 } })
  ratingId = rating.id
})

const tables = Object.entries<Route>(routes).map(([operation, row]) => ({ operation, row }))
const publicGets = tables.filter(({ row }) => row.method === 'GET' && row.permission === 'public')
const ofPlugin = publicGets.filter(({ row }) => row.path.includes(':pluginId'))
const ofAll = publicGets.filter(({ row }) => !row.path.includes(':pluginId'))
/** Their addresses are signed, see private-bundles.test.ts and frame-page.test.ts. */
const signed = ['getPrivateBundleFile', 'getPrivateFramePage']
/** A body that each route takes. */
const bodies: Record<string, unknown> = {
  ratePlugin: { stars: 5 },
  voteOnRating: { vote: 'helpful' },
  reportRating: { reason: 'spam' },
  replyToRating: { text: 'Thank you.' },
  yankVersion: { reason: 'x' },
  deprecatePlugin: { reason: 'x' },
  setChannel: { version: '1.0.0' },
  submitVersion: { version: '1.0.0' },
  changePlugin: { tenants: [] },
}

/** All of an answer but the plugin's id and what differs each time. */
async function ask(person: Person | undefined, row: Route, pluginId: string, body?: unknown) {
  const names: Record<string, string> = {
    pluginId,
    version: '1.0.0',
    path: 'bundle.js',
    signed: `${9e9}..${'A'.repeat(43)}`,
    tenantId: person === tom ? 'acme' : 'globex',
    ratingId,
    subject: 'ann',
    tag: 'latest',
  }
  const query = row.method === 'DELETE' && row.query ? '?reason=x' : ''
  const path = row.path.replace(/[:*](\w+)/g, (_, name: string) => names[name] ?? 'none')
  const response = await fetch(registry.url + path + query, {
    method: row.method,
    headers: {
      ...(person ? { authorization: `Bearer ${person.key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = (await response.text()).replaceAll(pluginId, 'ID').replace(/"requestId":"[^"]*"/, '"requestId":""')
  const headers = Object.fromEntries(
    [...response.headers].filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name)),
  )
  return { status: response.status, headers, text }
}

const strangers = () => ({ anonymous: undefined, 'another publisher': bob, 'another tenant’s admin': gil })
const entitled = () => ({ 'its owner': ann, 'a granted tenant’s admin': tom, 'a super-admin': sue })

describe('a private plugin, at every public route', () => {
  test.each(ofPlugin)('$operation: for strangers as if it had never been there', async ({ row }) => {
    for (const [who, person] of Object.entries(strangers())) {
      const got = await ask(person, row, 'hidden-tool')
      expect([who, got]).toEqual([who, await ask(person, row, 'absent-tool')])
      expect(got.status).toBeGreaterThanOrEqual(403)
    }
  })

  test.each(ofPlugin.filter(({ operation }) => !signed.includes(operation)))(
    '$operation: there for those whose it is',
    async ({ row }) => {
      for (const [who, person] of Object.entries(entitled())) {
        const got = await ask(person, row, 'hidden-tool')
        expect([who, got.status]).toEqual([who, 200])
        // What one of them got is kept for nobody else.
        expect(got.headers['cache-control'] ?? 'no-cache').toMatch(/^(private, )?no-cache$/)
        expect((await ask(undefined, row, 'hidden-tool')).status).toBe(404)
      }
    },
  )

  test.each(ofAll)('$operation: not in it for strangers', async ({ row }) => {
    for (const person of Object.values(strangers())) {
      expect((await ask(person, row, 'hidden-tool')).text).not.toMatch(/hidden-tool|"ID"|Zebra/)
    }
  })

  test.each(['listPlugins', 'searchPlugins'] as const)('%s: in it for those whose it is', async (operation) => {
    for (const person of Object.values(entitled())) {
      const { plugins } = await person.client[operation]()
      expect(plugins.map(({ id, visibility }) => [id, visibility])).toContainEqual(['hidden-tool', 'private'])
    }
  })
})

describe('whatever else strangers try', () => {
  const others = tables.filter(
    ({ row }) =>
      row.path.startsWith('/api/') &&
      row.path.includes(':pluginId') &&
      row.permission !== 'public' &&
      !(row.body !== undefined && 'contentType' in row.body),
  )

  test.each(others)('$operation: as if it had never been there', async ({ operation, row }) => {
    const body = row.body ? (bodies[operation] ?? {}) : undefined
    for (const person of Object.values(strangers())) {
      const got = await ask(person, row, 'hidden-tool', body)
      expect(got).toEqual(await ask(person, row, 'absent-tool', body))
    }
  })

  test.each<[string, string]>([
    ['ratePlugin', 'gil'],
    ['voteOnRating', 'gil'],
    ['reportRating', 'bob'],
    ['replyToRating', 'bob'],
    ['installPlugin', 'gil'],
    ['yankVersion', 'bob'],
    ['setChannel', 'bob'],
    ['deleteChannel', 'bob'],
    ['addOwner', 'bob'],
    ['deprecatePlugin', 'bob'],
    ['submitVersion', 'bob'],
    ['getVersionUsage', 'bob'],
    ['changePlugin', 'bob'],
  ])('%s by %s finds no plugin', async (operation, who) => {
    const row = (routes as Record<string, Route>)[operation] as Route
    const got = await ask(
      who === 'bob' ? bob : gil,
      row,
      'hidden-tool',
      row.body ? (bodies[operation] ?? {}) : undefined,
    )
    expect(JSON.parse(got.text)).toMatchObject({ code: 'plugin_not_found', detail: 'There is no plugin ID.' })
  })

  test('a super-admin installs it for no tenant that it is not granted to', async () => {
    expect(await codeOf(install(sue, 'globex', 'hidden-tool'))).toBe('plugin_not_found')
  })

  test('its id stays taken, and is named to nobody who publishes one like it', async () => {
    const twin = await refusalOf(upload({ id: 'hidden-too1' }, {}, bob))
    expect(twin).toMatchObject({ code: 'id_looks_taken', message: expect.not.stringContaining('hidden-tool') })
    expect(await codeOf(upload({ id: 'hidden-tool', version: '2.0.0' }, {}, bob))).toBe('not_owner')
    const near = await bob.client.preflight({ body: inChunks(bytesOf({ id: 'hidden-tools' })) })
    expect(JSON.stringify(near.findings)).not.toContain('hidden-tool,')
    expect(near.findings.filter(({ code }) => code === 'name-resembles')).toEqual([])
  })

  test('it succeeds no public plugin', async () => {
    const body = { reason: 'x', successor: 'hidden-tool' }
    expect(await codeOf(ann.client.deprecatePlugin({ params: { pluginId: 'open-tool' }, body }))).toBe(
      'request_invalid',
    )
  })
})

describe('what is counted', () => {
  const paid = { type: 'paid', amount: 9, currency: 'EUR', interval: 'month' } as const

  beforeAll(async () => {
    await publish('public-ledger', { category: 'finance', tags: ['giraffe'], description: 'A quotation for giraffes.' })
    await publish('acme-ledger', { category: 'finance', tags: ['giraffe'], pricing: paid }, { visibility: 'private' })
    await publish('ann-ledger', { category: 'content', tags: ['giraffe'] }, { visibility: 'private' })
    await change(ann, 'acme-ledger', { tenants: ['acme'] })
  })

  test.each(['', 'giraffe'])('differs between viewers by the private ones exactly (%j)', async (q) => {
    const groupsOf = async (person: Person | undefined) => {
      const client = person?.client ?? registry.anonymous()
      const { plugins, total, facets } = await client.searchPlugins({ query: { q, take: 100 } })
      expect(plugins).toHaveLength(total)
      for (const counts of [facets.category, facets.priceType]) {
        expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(total)
      }
      const count = (name: 'category' | 'priceType', wanted: string) =>
        facets[name].find(({ value }) => value === wanted)?.count ?? 0
      return {
        ids: plugins
          .map(({ id }) => id)
          .filter((id) => id.endsWith('-ledger'))
          .sort(),
        rest: total - plugins.filter(({ id }) => id.endsWith('-ledger')).length,
        finance: count('category', 'finance'),
        paid: count('priceType', 'paid'),
      }
    }
    const hidden = q === '' ? 1 : 0
    const all = ['acme-ledger', 'ann-ledger', 'public-ledger']
    const seen = await groupsOf(undefined)
    expect(seen).toEqual({ ids: ['public-ledger'], rest: hidden, finance: 1, paid: 0 })
    for (const stranger of [bob, gil]) expect(await groupsOf(stranger)).toEqual(seen)
    expect(await groupsOf(tom)).toEqual({
      ids: ['acme-ledger', 'public-ledger'],
      rest: 2 * hidden,
      finance: 2,
      paid: 1,
    })
    for (const person of [ann, sue]) {
      expect(await groupsOf(person)).toEqual({ ids: all, rest: 2 * hidden, finance: 2, paid: 1 })
    }
    const listed = async (person: Person | undefined) =>
      (await (person?.client ?? registry.anonymous()).listPlugins({ query: { take: 1 } })).total
    expect([await listed(undefined), await listed(gil), await listed(tom), await listed(sue)]).toEqual([2, 2, 4, 5])
  })

  test('a word that only private plugins have corrects nobody’s slip, nor keeps one from being corrected', async () => {
    const found = async (person: Person | undefined, q: string) => {
      const client = person?.client ?? registry.anonymous()
      return (await client.searchPlugins({ query: { q } })).plugins.map(({ id }) => id)
    }
    expect(await found(undefined, 'zebar')).toEqual([])
    expect(await found(undefined, 'quotaton')).toEqual(['public-ledger'])
    expect(await found(tom, 'quotaton')).toEqual(['hidden-tool'])
    await change(ann, 'hidden-tool', { visibility: 'public' })
    expect(await found(undefined, 'zebar')).toEqual(['hidden-tool'])
    await change(ann, 'hidden-tool', { visibility: 'private' })
    expect(await found(undefined, 'zebra')).toEqual([])
  })
})

test('a plugin that became private or went is named to no stranger as the successor that it was', async () => {
  await publish('old-tool')
  await publish('next-tool')
  await install(gil, 'globex', 'old-tool')
  await install(tom, 'acme', 'old-tool')
  const params = { pluginId: 'old-tool' }
  const body = { reason: 'x', successor: 'next-tool' }
  await ann.client.deprecatePlugin({ params, body })
  const successors = async () => {
    const seen = []
    for (const client of [registry.anonymous(), bob.client, gil.client, tom.client, ann.client]) {
      for (let time = 0; time < 2; time++) seen.push((await client.getPlugin({ params })).deprecation?.successor)
    }
    return seen
  }
  const fixes = async (person: Person, tenantId: string) => {
    const { installations } = await person.client.listInstallations({ params: { tenantId } })
    return installations.find(({ pluginId }) => pluginId === 'old-tool')?.findings.map(({ fix }) => fix)
  }
  expect(new Set(await successors())).toEqual(new Set(['next-tool']))
  await change(ann, 'next-tool', { visibility: 'private', tenants: ['acme'] })
  expect(await successors()).toEqual([...Array(6).fill(null), ...Array(4).fill('next-tool')])
  expect(await fixes(gil, 'globex')).toEqual(['Look for another plugin.'])
  expect(await fixes(tom, 'acme')).toEqual(['Use next-tool instead.'])
  expect((await install(gil, 'globex', 'old-tool')).findings.map(({ fix }) => fix)).toEqual([
    'Look for another plugin.',
  ])
  await sue.client.deletePlugin({ params: { pluginId: 'next-tool' }, query: { reason: 'x' } })
  expect(await successors()).toEqual(Array(10).fill(null))
  expect(await fixes(tom, 'acme')).toEqual(['Look for another plugin.'])
})
