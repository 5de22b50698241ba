import type { Client, Problem } from '@plexica/api'
import { categories } from '@plexica/manifest-schema'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { searchIndex } from '../src/db/search-index.ts'
import { wordsOf } from '../src/db/search-words.ts'
import { openWorld } from '../src/open-world.ts'
import { refreshPlugin } from '../src/plugins/refresh-plugin.ts'
import { searchQuery } from '../src/search/search-query.ts'
import type { World } from '../src/world.ts'
import { manyPlugins, type SeededPlugin, seedPlugins } from './seed-plugins.ts'
import { startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let client: Client
let world: World
let close: () => Promise<void>

const paid = { type: 'paid', amount: 9, currency: 'EUR', interval: 'month' } as const
const plugins: SeededPlugin[] = [
  {
    manifest: { id: 'sales-chart', name: 'Sales Chart', description: 'Draws revenue by month.', category: 'analytics' },
    averageRating: 4.5,
    ratingCount: 40,
    installCount: 90,
    downloadCount: 500,
    publishedAt: '2026-01-03T00:00:00.000Z',
  },
  {
    manifest: {
      id: 'stock-charts',
      name: 'Stock Charts',
      description: 'Candles and volumes of every listed stock.',
      category: 'analytics',
      pricing: paid,
    },
    averageRating: 5,
    ratingCount: 1,
    installCount: 3,
    downloadCount: 900,
    publishedAt: '2026-01-05T00:00:00.000Z',
  },
  {
    manifest: {
      id: 'testimonials',
      name: 'Testimonials',
      description: 'What customers say, beside a chart of how many.',
      category: 'content',
      tags: ['quotes', 'crème'],
      author: { name: 'Zoë Müller' },
    },
    averageRating: 3,
    ratingCount: 5,
    installCount: 7,
    downloadCount: 100,
    publishedAt: '2026-01-04T00:00:00.000Z',
  },
  {
    manifest: { id: 'dashboard', name: 'Dashboard', description: 'One page with all numbers.', category: 'analytics' },
    installCount: 20,
    downloadCount: 50,
    publishedAt: '2026-01-01T00:00:00.000Z',
  },
  {
    manifest: { id: 'near-or-not', name: 'NEAR', description: 'AND OR NOT are words like all others.', pricing: paid },
    publishedAt: '2026-01-02T00:00:00.000Z',
  },
  { manifest: { id: 'chart-draft', name: 'Chart draft' }, state: 'draft' },
  { manifest: { id: 'chart-waiting', name: 'Chart waiting' }, state: 'pending_review' },
  { manifest: { id: 'chart-rejected', name: 'Chart rejected' }, state: 'rejected' },
]

beforeAll(async () => {
  registry = await startTestRegistry()
  client = registry.anonymous()
  ;({ world, close } = await openWorld(registry.config, () => registry.url))
  await seedPlugins(world.db, plugins)
})
afterAll(async () => {
  await close()
  await registry.stop()
})

type Query = NonNullable<NonNullable<Parameters<Client['searchPlugins']>[0]>['query']>
const search = (query: Query) => client.searchPlugins({ query })
const ids = async (query: Query) => (await search(query)).plugins.map(({ id }) => id)
const sorted = async (query: Query) => (await ids(query)).toSorted()

describe('words', () => {
  test.each([
    ['chart', ['sales-chart', 'stock-charts', 'testimonials']],
    ['CHART', ['sales-chart', 'stock-charts', 'testimonials']],
    ['cha', ['sales-chart', 'stock-charts', 'testimonials']],
    ['c', ['near-or-not', 'sales-chart', 'stock-charts', 'testimonials']],
    ['sales-chart', ['sales-chart']],
    ['revenue chart', ['sales-chart']],
    ['chart revenue', ['sales-chart']],
    ['rev chart', []],
    ['creme', ['testimonials']],
    ['Crème', ['testimonials']],
    ['zoe muller', ['testimonials']],
    ['quotes', ['testimonials']],
    ['content', ['near-or-not', 'testimonials']],
    ['or', ['near-or-not']],
    ['NEAR', ['near-or-not']],
    ['AND NOT', ['near-or-not']],
  ])('%s', async (q, expected) => {
    expect(await sorted({ q })).toEqual(expected)
  })

  test.each([
    'chart OR revenue',
    'chart NOT revenue',
    '-chart +sales',
    '"sales chart',
    'name:chart',
    'name : chart',
    '{name tags} : chart',
    'ch*art',
    '^sales chart',
    "chart' OR 1=1 --",
    'NEAR(sales chart, 5)',
    '(sales',
    '\u0000chart',
    '%_',
  ])('nothing in %j is an operator', async (q) => {
    const { plugins: found, total } = await search({ q })
    expect(total).toBe(found.length)
    const words = wordsOf(q)
    for (const { id } of found) {
      const [all] = plugins
        .filter(({ manifest }) => manifest.id === id)
        .map(({ manifest }) => wordsOf(JSON.stringify(manifest)))
      expect(words.filter((word) => !all?.some((other) => other.startsWith(word)))).toEqual([])
    }
  })

  test('a text without words asks for everything', async () => {
    for (const q of ['', '   ', '***', '🎉']) expect((await search({ q })).total).toBe(5)
  })

  test('any text at all is answered', async () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    )
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { rows } = await searchIndex(world.db, searchQuery({ q: text }, world.now()))
        expect(rows.length).toBeLessThanOrEqual(5)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a slip is forgiven when nothing has the word', () => {
  test.each([
    ['dahsboard', 'dashboard'],
    ['dashbord', 'dashboard'],
    ['dashbooard', 'dashboard'],
    ['dashbosrd', 'dashboard'],
    ['dxshbxxrd', undefined],
    ['testimonals', 'testimonials'],
    ['tetsimo', 'testimonials'],
    ['salse chart', 'sales-chart'],
    ['sales chrat', 'sales-chart'],
    ['ssles chsrt', 'sales-chart'],
    ['qoutes', 'testimonials'],
    ['xyz', undefined],
    ['xyzxyzxyz', undefined],
    ['chart xyzxyzxyz', undefined],
  ])('%s', async (q, meant) => {
    expect(await ids({ q })).toEqual(meant ? [meant] : [])
  })

  test('words that are there are left alone, although no plugin has both', async () => {
    expect(await ids({ q: 'quotes candles' })).toEqual([])
  })

  test('a filter that leaves nothing does not change the words', async () => {
    expect(await search({ q: 'dashboard', category: ['content'] })).toMatchObject({
      plugins: [],
      total: 0,
      facets: { category: [{ value: 'analytics', count: 1 }], priceType: [] },
    })
  })
})

describe('filters, counts and order', () => {
  test('categories', async () => {
    expect(await sorted({ category: ['content'] })).toEqual(['near-or-not', 'testimonials'])
    expect((await search({ category: ['content', 'analytics'] })).total).toBe(5)
    expect(await sorted({ q: 'chart', category: ['content'] })).toEqual(['testimonials'])
  })

  test.each(['category=content', 'category[]=content', 'category%5B%5D=content'])('%s', async (text) => {
    const answer = await fetch(`${registry.url}/api/plugins/search?${text}`)
    expect(await answer.json()).toMatchObject({ total: 2 })
  })

  test('lists written in different ways add up', async () => {
    const answer = await fetch(
      `${registry.url}/api/plugins/search?category=content&category[]=analytics&category[]=content`,
    )
    expect(await answer.json()).toMatchObject({ total: 5 })
  })

  test('price and rating', async () => {
    expect(await sorted({ priceType: 'paid' })).toEqual(['near-or-not', 'stock-charts'])
    expect(await sorted({ minRating: 4.5 })).toEqual(['sales-chart', 'stock-charts'])
    expect(await sorted({ minRating: 4.5, status: ['PUBLISHED'] })).toEqual(['sales-chart', 'stock-charts'])
    expect(await sorted({ q: 'chart', status: ['DEPRECATED', 'DRAFT'] })).toEqual([])
    expect(await sorted({ q: 'chart', minRating: 4.6 })).toEqual(['stock-charts'])
    expect(await sorted({ q: 'chart', minRating: 3, priceType: 'free', category: ['analytics'] })).toEqual([
      'sales-chart',
    ])
  })

  test.each([
    ['rating', ['sales-chart', 'stock-charts', 'dashboard', 'near-or-not', 'testimonials']],
    ['downloads', ['stock-charts', 'sales-chart', 'testimonials', 'dashboard', 'near-or-not']],
    ['newest', ['stock-charts', 'testimonials', 'sales-chart', 'near-or-not', 'dashboard']],
    ['relevance', ['sales-chart', 'dashboard', 'testimonials', 'stock-charts', 'near-or-not']],
  ] as const)('by %s', async (sortBy, expected) => {
    expect(await ids({ sortBy })).toEqual(expected)
    const charts = ['sales-chart', 'stock-charts', 'testimonials']
    if (sortBy !== 'relevance') {
      expect(await ids({ sortBy, q: 'cha' })).toEqual(expected.filter((id) => charts.includes(id)))
    }
  })

  test('relevance: a word in the name before one in the description, the typed id before all', async () => {
    expect((await ids({ q: 'chart' })).at(-1)).toBe('testimonials')
    expect((await ids({ q: 'chart' }))[0]).toBe('sales-chart')
    expect((await ids({ q: 'stock-charts' }))[0]).toBe('stock-charts')
    expect((await ids({ q: 'stock charts' }))[0]).toBe('stock-charts')
  })

  test('a facet ignores its own filter', async () => {
    expect((await search({ category: ['content'], priceType: 'paid' })).facets).toEqual({
      category: [
        { value: 'analytics', count: 1 },
        { value: 'content', count: 1 },
      ],
      priceType: [
        { value: 'free', count: 1 },
        { value: 'paid', count: 1 },
      ],
    })
  })

  test('a filter that does not exist is refused', async () => {
    const answer = await fetch(`${registry.url}/api/plugins/search?category=nonsense&minRating=9&sortBy=x&colour=red`)
    expect(answer.status).toBe(400)
    const { findings = [] } = (await answer.json()) as Problem
    expect(findings.map(({ message }) => message).toSorted()).toEqual([
      'query has no field colour.',
      `query.category.0 must be one of ${categories.join(', ')}.`,
      'query.minRating must be <= 5.',
      'query.sortBy must be one of relevance, rating, downloads, newest.',
    ])
  })
})

describe('what changes', () => {
  test('a listing that is withdrawn or changed leaves the index', async () => {
    const setState = (state: string) =>
      world.db.transaction().execute(async (trx) => {
        await trx.updateTable('versions').set({ state }).where('plugin_id', '=', 'dashboard').execute()
        await refreshPlugin(trx, 'dashboard', '2026-02-01T00:00:00.000Z')
      })
    const shown = async () => (await ids({ q: 'dashboard' })).length
    await setState('pending_review')
    expect(await shown()).toBe(0)
    await setState('published')
    expect(await shown()).toBe(1)
  })
})

describe('many plugins', () => {
  const many = manyPlugins(300)
  beforeAll(() => seedPlugins(world.db, many))

  test('every one is found by each of its words and by its id', async () => {
    for (const { manifest } of many.filter((_, index) => index % 75 === 0)) {
      for (const word of wordsOf(`${manifest.name} ${manifest.tags?.join(' ')} ${manifest.author?.name}`)) {
        const found: string[] = []
        for (let skip = 0; ; skip += 100) {
          const page = await ids({ q: word, take: 100, skip })
          found.push(...page)
          if (page.length < 100) break
        }
        expect(found).toContain(manifest.id)
      }
      expect((await ids({ q: manifest.id }))[0]).toBe(manifest.id)
    }
  })

  test.each(['relevance', 'rating', 'downloads', 'newest'] as const)(
    'pages by %s give each one once',
    async (sortBy) => {
      for (const q of ['', 'ta']) {
        const { total } = await search({ q, sortBy, take: 1 })
        const seen: string[] = []
        for (let skip = 0; skip < total; skip += 50) seen.push(...(await ids({ q, sortBy, skip, take: 50 })))
        expect(total).toBeGreaterThan(60)
        expect(seen).toHaveLength(total)
        expect(new Set(seen).size).toBe(total)
      }
    },
  )

  test('the counts add up', async () => {
    for (const q of ['', 'ta']) {
      const { total, facets } = await search({ q })
      for (const counts of [facets.category, facets.priceType]) {
        expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(total)
        for (const { value, count } of facets.category) {
          expect((await search({ q, category: [value as 'content'], take: 1 })).total).toBe(count)
        }
      }
    }
  })
})
