import fc from 'fast-check'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { smoothedRating } from '../src/db/published-order.ts'
import { openWorld } from '../src/open-world.ts'
import { smoothedScore } from '../src/ratings/rating-score.ts'
import type { World } from '../src/world.ts'
import { seedPlugins } from './seed-plugins.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let world: World
let closeWorld: () => Promise<void>
let root: Person
let people: Person[]

beforeAll(async () => {
  registry = await startTestRegistry()
  const opened = await openWorld(registry.config, () => registry.url)
  world = opened.world
  closeWorld = opened.close
  root = await registry.person('root', 'super-admin')
  for (const id of ['acme', 'globex']) await root.client.createTenant({ body: { id, name: id } })
  people = await Promise.all(
    ['acme', 'acme', 'acme', 'globex', 'globex'].map((tenant, index) =>
      // The same names in both tenants, so that one could be taken for the other.
      registry.person(`user-${index % 3}`, 'tenant-admin', tenant),
    ),
  )
})
afterAll(async () => {
  await closeWorld()
  await registry.stop()
})

type Act = { who: number; stars: number; act: 'rate' | 'delete' | 'hide' | 'show' | 'delete-by-admin' }

/** What ratings stand, kept in the simplest way there is. */
type Model = Map<number, { id: string; stars: number; hidden: boolean }>

async function perform(pluginId: string, model: Model, { who, stars, act }: Act): Promise<void> {
  const client = people[who]?.client
  const standing = model.get(who)
  if (!client) throw new Error('there are five people')
  if (act === 'rate') {
    const { id } = await client.ratePlugin({ params: { pluginId }, body: { stars } })
    model.set(who, { id, stars, hidden: standing?.hidden ?? false })
    return
  }
  if (!standing) return
  const { id: ratingId } = standing
  if (act === 'delete' && standing.hidden) {
    await expect(client.deleteRating({ params: { pluginId, ratingId } })).rejects.toMatchObject({
      code: 'rating_hidden',
    })
  } else if (act === 'delete' || act === 'delete-by-admin') {
    await (act === 'delete' ? client : root.client).deleteRating({ params: { pluginId, ratingId } })
    model.delete(who)
  } else {
    const body = act === 'hide' ? ({ action: 'hide', reason: 'Rude.' } as const) : ({ action: 'show' } as const)
    await root.client.moderateRating({ params: { ratingId }, body })
    standing.hidden = act === 'hide'
  }
}

let plugins = 0

test('average, count and distribution are those of the ratings that show, after whatever happened', async () => {
  const act = fc.record({
    who: fc.integer({ min: 0, max: 4 }),
    stars: fc.integer({ min: 1, max: 5 }),
    act: fc.constantFrom<Act['act']>('rate', 'rate', 'rate', 'hide', 'show', 'delete', 'delete-by-admin'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 20 }), async (acts) => {
      const pluginId = `counted-${++plugins}`
      await seedPlugins(world.db, [{ manifest: { id: pluginId } }])
      for (const [tenantId, who] of [
        ['acme', 0],
        ['globex', 3],
      ] as const) {
        await people[who]?.client.installPlugin({ params: { tenantId, pluginId }, body: {} })
      }
      const model: Model = new Map()
      for (const each of acts) {
        await perform(pluginId, model, each)
        const shown = [...model.values()].filter(({ hidden }) => !hidden).map(({ stars }) => stars)
        const average = shown.length === 0 ? 0 : shown.reduce((sum, stars) => sum + stars, 0) / shown.length
        const anonymous = registry.anonymous()
        const plugin = await anonymous.getPlugin({ params: { pluginId } })
        expect([plugin.ratingCount, plugin.averageRating]).toEqual([shown.length, average])
        const { summary, ratings } = await anonymous.listRatings({ params: { pluginId }, query: { sortBy: 'rating' } })
        expect(ratings.map(({ stars }) => stars)).toEqual(shown.toSorted((a, b) => b - a))
        expect(summary).toMatchObject({ count: shown.length, average })
        expect(Object.values(summary.distribution)).toEqual(
          [1, 2, 3, 4, 5].map((stars) => shown.filter((one) => one === stars).length),
        )
      }
    }),
    { numRuns: 15 },
  )
})

test('writers at the same time leave the plugin’s numbers exact', async () => {
  const pluginId = `counted-${++plugins}`
  await seedPlugins(world.db, [{ manifest: { id: pluginId } }])
  for (const [tenantId, who] of [
    ['acme', 0],
    ['globex', 3],
  ] as const) {
    await people[who]?.client.installPlugin({ params: { tenantId, pluginId }, body: {} })
  }
  await Promise.all(
    people.flatMap(({ client }, who) =>
      [1, 3, 5].map((stars) =>
        client.ratePlugin({ params: { pluginId }, body: { stars: Math.min(5, stars + (who % 2)) } }),
      ),
    ),
  )
  const { summary } = await registry.anonymous().listRatings({ params: { pluginId } })
  const { ratingCount, averageRating } = await registry.anonymous().getPlugin({ params: { pluginId } })
  expect(summary.count).toBe(5)
  expect({ ratingCount, averageRating }).toEqual({ ratingCount: 5, averageRating: summary.average })
})

test('the search sorts by the same smoothed score as the pages show', async () => {
  const inSql = async (average: number, count: number) => {
    const expression: RawBuilder<number> = sql.raw(smoothedRating)
    const { rows } = await sql<{ score: number }>`
      select ${expression} as score from (
        select cast(${average} as double precision) as average_rating, cast(${count} as integer) as rating_count) as rated`.execute(
      world.db,
    )
    return rows[0]?.score
  }
  await fc.assert(
    fc.asyncProperty(
      fc.double({ min: 1, max: 5, noNaN: true }),
      fc.integer({ min: 1, max: 1_000_000 }),
      async (average, count) => {
        expect(await inSql(average, count)).toBeCloseTo(smoothedScore(average, count), 9)
      },
    ),
    { numRuns: 200 },
  )
  expect(await inSql(0, 0)).toBe(smoothedScore(0, 0))

  const rated = [
    [5, 1],
    [4.8, 40],
    [4.5, 900],
    [1, 2],
    [2, 300],
    [0, 0],
  ] as const
  await seedPlugins(
    world.db,
    rated.map(([averageRating, ratingCount], index) => ({
      manifest: { id: `ranked-${index}`, description: 'Zirconium.' },
      averageRating,
      ratingCount,
    })),
  )
  const { plugins: found } = await registry.anonymous().searchPlugins({ query: { q: 'zirconium', sortBy: 'rating' } })
  const scores = found.map(({ averageRating, ratingCount }) => smoothedScore(averageRating, ratingCount))
  expect(scores).toHaveLength(rated.length)
  expect(scores).toEqual(scores.toSorted((a, b) => b - a))
})
