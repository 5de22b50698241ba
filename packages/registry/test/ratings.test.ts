import type { Client, Rating, RatingVote } from '@plexica/api'
import type { KyselyPlugin, RootOperationNode } from 'kysely'
import { CompiledQuery, createQueryId } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '../src/db/migrate.ts'
import { connectSqlite } from '../src/db/sqlite/connect-sqlite.ts'
import type { Db } from '../src/db/tables.ts'
import { openWorld } from '../src/open-world.ts'
import { findVersion, insertVersion } from '../src/publishing/version-store.ts'
import { countStars, listRatings, votesBy } from '../src/ratings/rating-store.ts'
import { listRatingsToModerate, openReports } from '../src/ratings/report-store.ts'
import type { World } from '../src/world.ts'
import { refusalOf } from './refusal-of.ts'
import { seedPlugins } from './seed-plugins.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let world: World
let closeWorld: () => Promise<void>
let root: Person
let pia: Person
let ada: Person
let tom: Person
let gil: Person
let ivy: Person
let plugins = 0

beforeAll(async () => {
  registry = await startTestRegistry()
  const opened = await openWorld(registry.config, () => registry.url)
  world = opened.world
  closeWorld = opened.close
  root = await registry.person('root', 'super-admin')
  for (const id of ['acme', 'globex', 'initech']) await root.client.createTenant({ body: { id, name: `${id} Inc.` } })
  pia = await registry.person('pia', 'publisher')
  ada = await registry.person('ada', 'tenant-admin', 'acme')
  tom = await registry.person('tom', 'tenant-user', 'acme')
  gil = await registry.person('gil', 'tenant-admin', 'globex')
  ivy = await registry.person('ivy', 'tenant-admin', 'initech')
})
afterAll(async () => {
  await closeWorld()
  await registry.stop()
})

/** A published plugin of pia's that acme and globex have installed. */
async function newPlugin(): Promise<string> {
  const id = `plugin-${++plugins}`
  await seedPlugins(world.db, [{ manifest: { id } }])
  await world.db
    .insertInto('plugin_owners')
    .values({ plugin_id: id, subject: 'pia', added_at: '2026-01-01T00:00:00.000Z' })
    .execute()
  await install(ada, 'acme', id)
  await install(gil, 'globex', id)
  return id
}

const install = (person: Person, tenantId: string, pluginId: string) =>
  person.client.installPlugin({ params: { tenantId, pluginId }, body: {} })
/** Publishes the same package under another number, which the tenant has from now on. */
async function update(tenantId: string, pluginId: string, version: string): Promise<void> {
  const row = await findVersion(world.db, pluginId, '1.0.0')
  if (!row) expect.fail('the plugin was seeded with 1.0.0')
  await world.db.transaction().execute(async (trx) => {
    await insertVersion(trx, { ...row, version })
    await trx
      .updateTable('installations')
      .set({ version })
      .where('tenant_id', '=', tenantId)
      .where('plugin_id', '=', pluginId)
      .execute()
  })
}
const rate = (person: Person, pluginId: string, stars: number, review?: string) =>
  person.client.ratePlugin({ params: { pluginId }, body: { stars, ...(review === undefined ? {} : { review }) } })
const list = (client: Client, pluginId: string, query: Parameters<Client['listRatings']>[0]['query'] = {}) =>
  client.listRatings({ params: { pluginId }, query })
const own = (person: Person, pluginId: string) => person.client.getOwnRating({ params: { pluginId } })
const vote = (person: Person, { pluginId, id: ratingId }: Rating, vote: RatingVote) =>
  person.client.voteOnRating({ params: { pluginId, ratingId }, body: { vote } })
const report = (person: Person, { pluginId, id: ratingId }: Rating, note?: string) =>
  person.client.reportRating({
    params: { pluginId, ratingId },
    body: { reason: 'abuse', ...(note === undefined ? {} : { note }) },
  })
const hide = (ratingId: string, reason = 'It insults somebody.') =>
  root.client.moderateRating({ params: { ratingId }, body: { action: 'hide', reason } })
const show = (ratingId: string) => root.client.moderateRating({ params: { ratingId }, body: { action: 'show' } })
const remove = (person: Person, { pluginId, id: ratingId }: Rating) =>
  person.client.deleteRating({ params: { pluginId, ratingId } })
/** What everybody sees of a plugin, who may be answered from memory. */
const publicAverage = async (pluginId: string) => {
  const { averageRating, ratingCount } = await registry.anonymous().getPlugin({ params: { pluginId } })
  return { averageRating, ratingCount }
}

describe('rating', () => {
  test('stores stars and Markdown as typed, with the version that is installed', async () => {
    const pluginId = await newPlugin()
    expect(await publicAverage(pluginId)).toEqual({ averageRating: 0, ratingCount: 0 })
    const review = '# Fine\r\n<img src=x onerror=alert(1)> & "quotes"'
    const rating = await rate(tom, pluginId, 4, review)
    expect(rating).toEqual({
      id: expect.any(String),
      pluginId,
      stars: 4,
      review: '# Fine\n<img src=x onerror=alert(1)> & "quotes"',
      version: '1.0.0',
      verified: true,
      author: { subject: 'tom', tenantId: 'acme' },
      mine: true,
      helpfulCount: 0,
      notHelpfulCount: 0,
      vote: 'none',
      reply: null,
      hidden: null,
      createdAt: expect.any(String),
      updatedAt: rating.createdAt,
    })
    expect(await publicAverage(pluginId)).toEqual({ averageRating: 4, ratingCount: 1 })
    expect(await own(tom, pluginId)).toEqual({ rating, refusal: null })
    expect(await own(ada, pluginId)).toEqual({ rating: null, refusal: null })
  })

  test('again replaces the rating and says about which version; the same again changes nothing', async () => {
    const pluginId = await newPlugin()
    const first = await rate(tom, pluginId, 1, 'Broken.')
    expect(await rate(tom, pluginId, 1, 'Broken.\n')).toEqual(first)
    await update('acme', pluginId, '1.1.0')
    const second = await rate(tom, pluginId, 5)
    expect(second).toMatchObject({ id: first.id, stars: 5, review: null, version: '1.1.0', createdAt: first.createdAt })
    expect(second.updatedAt > first.updatedAt).toBe(true)
    expect(await publicAverage(pluginId)).toEqual({ averageRating: 5, ratingCount: 1 })
  })

  test('is for members of a tenant that has the plugin, one each', async () => {
    const pluginId = await newPlugin()
    for (const person of [tom, ada, gil]) await rate(person, pluginId, 3)
    expect((await list(ada.client, pluginId)).summary.count).toBe(3)
    expect(await refusalOf(rate(ivy, pluginId, 1))).toMatchObject({ code: 'not_installed', status: 409 })
    expect((await own(ivy, pluginId)).refusal?.code).toBe('not_installed')
    await install(ivy, 'initech', pluginId)
    await rate(ivy, pluginId, 1)
    for (const person of [root, pia]) {
      expect(await refusalOf(rate(person, pluginId, 5))).toMatchObject({ code: 'not_allowed', status: 403 })
    }
    expect((await own(pia, pluginId)).refusal?.code).toBe('not_allowed')
    expect(await refusalOf(rate(tom, 'no-such-plugin', 5))).toMatchObject({ code: 'plugin_not_found', status: 404 })
    expect(await publicAverage(pluginId)).toEqual({ averageRating: 2.5, ratingCount: 4 })
  })

  test('is not for the plugin’s owners, whose tenant may have it installed', async () => {
    const pluginId = await newPlugin()
    const owner = await registry.person('pia', 'tenant-admin', 'acme')
    expect(await refusalOf(rate(owner, pluginId, 5))).toMatchObject({ code: 'own_plugin', status: 403 })
    expect((await own(owner, pluginId)).refusal?.code).toBe('own_plugin')
    expect(await refusalOf(vote(owner, await rate(tom, pluginId, 1), 'not-helpful'))).toMatchObject({
      code: 'own_plugin',
    })
  })

  test('of many who send the same rating at once, all succeed and one rating stands', async () => {
    const pluginId = await newPlugin()
    await Promise.all(Array.from({ length: 8 }, (_, index) => rate(tom, pluginId, 1 + (index % 5))))
    const { ratings, summary } = await list(ada.client, pluginId)
    expect(ratings).toHaveLength(1)
    expect(await publicAverage(pluginId)).toEqual({ averageRating: summary.average, ratingCount: 1 })
  })

  test.each([
    ['no stars', { review: 'Fine.' }, 'body'],
    ['0 stars', { stars: 0 }, 'body.stars'],
    ['6 stars', { stars: 6 }, 'body.stars'],
    ['half a star', { stars: 4.5 }, 'body.stars'],
    ['stars as text', { stars: '5' }, 'body.stars'],
    ['5,001 characters', { stars: 5, review: 'x'.repeat(5_001) }, 'body.review'],
    ['text that is turned around', { stars: 5, review: 'fine\u202egnihton' }, 'body.review'],
    ['a control character', { stars: 5, review: 'a\u0000b' }, 'body.review'],
    ['a version of one’s own', { stars: 5, version: '9.9.9' }, 'body'],
  ])('with %s is refused', async (_, body, path) => {
    const pluginId = await newPlugin()
    const refused = await refusalOf(tom.client.ratePlugin({ params: { pluginId }, body: body as never }))
    expect(refused).toMatchObject({ code: 'request_invalid', findings: [{ path }] })
  })

  test('5,000 characters fit, also those that take two code units', async () => {
    const review = '👍'.repeat(5_000)
    expect((await rate(tom, await newPlugin(), 5, review)).review).toBe(review)
  })

  test('stands after the plugin is uninstalled, cannot be changed then, but deleted', async () => {
    const pluginId = await newPlugin()
    const rating = await rate(tom, pluginId, 2)
    await world.db
      .deleteFrom('installations')
      .where('tenant_id', '=', 'acme')
      .where('plugin_id', '=', pluginId)
      .execute()
    expect(await refusalOf(rate(tom, pluginId, 5))).toMatchObject({ code: 'not_installed' })
    expect(await publicAverage(pluginId)).toEqual({ averageRating: 2, ratingCount: 1 })
    await remove(tom, rating)
    expect(await publicAverage(pluginId)).toEqual({ averageRating: 0, ratingCount: 0 })
  })
})

describe('a list', () => {
  let pluginId: string
  let people: Person[]
  const stars = [5, 3, 5, 1, 4, 5]
  const ids = ({ ratings }: { ratings: Rating[] }) => ratings.map(({ id }) => id)
  const given = new Map<string, Rating>()

  beforeAll(async () => {
    pluginId = await newPlugin()
    people = await Promise.all(
      stars.map((_, index) => registry.person(`user-${index}`, 'tenant-user', index % 2 ? 'acme' : 'globex')),
    )
    for (const [index, person] of people.entries()) {
      const rating = await rate(person, pluginId, stars[index] ?? 0, `Review ${index}`)
      given.set(rating.id, rating)
    }
  })

  test('goes newest first, page by page, with what all ratings come to', async () => {
    const newest = [...given.keys()].reverse()
    const first = await list(registry.anonymous(), pluginId, { take: 4 })
    const second = await list(registry.anonymous(), pluginId, { skip: 4, take: 4 })
    expect([...ids(first), ...ids(second)]).toEqual(newest)
    const summary = {
      count: 6,
      average: 23 / 6,
      smoothed: (23 + 35) / 16,
      distribution: { 1: 1, 2: 0, 3: 1, 4: 1, 5: 3 },
    }
    expect(first).toMatchObject({ total: 6, summary })
    expect(second).toMatchObject({ total: 6, summary })
    expect(await publicAverage(pluginId)).toEqual({ averageRating: 23 / 6, ratingCount: 6 })
  })

  test('goes by stars, and by what others found helpful', async () => {
    const byStars = await list(tom.client, pluginId, { sortBy: 'rating' })
    expect(byStars.ratings.map((rating) => rating.stars)).toEqual([5, 5, 5, 4, 3, 1])
    expect(ids(byStars).slice(0, 3)).toEqual(ids(await list(tom.client, pluginId, { stars: 5 })))

    const [first, second, third] = [...given.values()]
    if (!first || !second || !third) expect.fail('there are six')
    for (const person of [tom, ada]) await vote(person, first, 'helpful')
    await vote(tom, second, 'helpful')
    await vote(tom, third, 'not-helpful')
    const helpful = ids(await list(tom.client, pluginId, { sortBy: 'helpful' }))
    expect(helpful.slice(0, 2)).toEqual([first.id, second.id])
    expect(helpful.at(-1)).toBe(third.id)
    expect(ids(await list(tom.client, pluginId, { sortBy: 'helpful', stars: 5 }))).toEqual(
      helpful.filter((id) => given.get(id)?.stars === 5),
    )
  })

  test('is filtered by stars, and still says what all come to', async () => {
    const { ratings, total, summary } = await list(tom.client, pluginId, { stars: 5, take: 2 })
    expect(ratings.map((rating) => rating.stars)).toEqual([5, 5])
    expect({ total, count: summary.count }).toEqual({ total: 3, count: 6 })
    expect(await list(tom.client, pluginId, { stars: 2 })).toMatchObject({ ratings: [], total: 0 })
  })

  test('names authors and tenants to nobody outside', async () => {
    const authors = async (client: Client) => (await list(client, pluginId)).ratings.map(({ author }) => author)
    const all = [...given.values()].reverse()
    expect(await authors(root.client)).toEqual(all.map(({ author }) => author))
    expect(await authors(tom.client)).toEqual(all.map(({ author }) => (author?.tenantId === 'acme' ? author : null)))
    for (const client of [registry.anonymous(), pia.client, ivy.client]) {
      const text = JSON.stringify(await list(client, pluginId))
      expect(text).not.toMatch(/user-\d|acme|globex/)
      expect(text).toContain('Review 0')
    }
  })

  test.each([{ sortBy: 'best' }, { stars: 0 }, { stars: 6 }, { take: 101 }, { skip: -1 }, { tenant: 'acme' }])(
    'refuses %j',
    async (query) => {
      expect(await refusalOf(list(tom.client, pluginId, query as never))).toMatchObject({ code: 'request_invalid' })
    },
  )

  test('of a plugin that is not published is for its owners only', async () => {
    await seedPlugins(world.db, [{ manifest: { id: 'secret-plans' }, state: 'draft' }])
    await world.db
      .insertInto('plugin_owners')
      .values({ plugin_id: 'secret-plans', subject: 'pia', added_at: '2026-01-01T00:00:00.000Z' })
      .execute()
    expect(await refusalOf(list(tom.client, 'secret-plans'))).toMatchObject({ code: 'plugin_not_found' })
    expect((await list(pia.client, 'secret-plans')).summary.count).toBe(0)
    expect(await refusalOf(rate(tom, 'secret-plans', 5))).toMatchObject({ code: 'plugin_not_found' })
  })
})

describe('a vote', () => {
  test('counts once for a person, can change and be taken back', async () => {
    const pluginId = await newPlugin()
    const rating = await rate(tom, pluginId, 5)
    const counts = async (person: Person, wanted: RatingVote) => {
      const { helpfulCount, notHelpfulCount, vote: mine } = await vote(person, rating, wanted)
      return [helpfulCount, notHelpfulCount, mine]
    }
    expect(await counts(ada, 'helpful')).toEqual([1, 0, 'helpful'])
    expect(await counts(ada, 'helpful')).toEqual([1, 0, 'helpful'])
    expect(await counts(gil, 'not-helpful')).toEqual([1, 1, 'not-helpful'])
    expect(await counts(ada, 'not-helpful')).toEqual([0, 2, 'not-helpful'])
    expect((await list(ada.client, pluginId)).ratings[0]?.vote).toBe('not-helpful')
    expect((await list(registry.anonymous(), pluginId)).ratings[0]?.vote).toBe('none')
    expect(await counts(ada, 'none')).toEqual([0, 1, 'none'])
    expect(await counts(ada, 'none')).toEqual([0, 1, 'none'])
  })

  test('is not for one’s own rating, another plugin’s or one that is not there', async () => {
    const rating = await rate(tom, await newPlugin(), 5)
    expect(await refusalOf(vote(tom, rating, 'helpful'))).toMatchObject({ code: 'own_rating', status: 403 })
    const elsewhere = { ...rating, pluginId: await newPlugin() }
    for (const missing of [elsewhere, { ...rating, id: 'none' }]) {
      expect(await refusalOf(vote(ada, missing, 'helpful'))).toMatchObject({ code: 'rating_not_found', status: 404 })
    }
  })

  test('of the same name in another tenant is somebody else’s', async () => {
    const namesake = await registry.person('tom', 'tenant-user', 'globex')
    const rating = await rate(tom, await newPlugin(), 5)
    expect(await vote(namesake, rating, 'helpful')).toMatchObject({ helpfulCount: 1, author: null, mine: false })
  })
})

describe('a reply', () => {
  const reply = (person: Person, { pluginId, id: ratingId }: Rating, text: string) =>
    person.client.replyToRating({ params: { pluginId, ratingId }, body: { text } })
  const silence = (person: Person, { pluginId, id: ratingId }: Rating) =>
    person.client.deleteReply({ params: { pluginId, ratingId } })

  test('is written, changed and taken back by the plugin’s owners', async () => {
    const pluginId = await newPlugin()
    const rating = await rate(tom, pluginId, 2, 'Slow.')
    await reply(pia, rating, 'We look into it.')
    const answered = await reply(pia, rating, 'Mended in 1.0.1.')
    expect(answered).toMatchObject({
      author: null,
      reply: { text: 'Mended in 1.0.1.', by: 'pia', repliedAt: expect.any(String) },
    })
    expect((await list(registry.anonymous(), pluginId)).ratings[0]?.reply?.text).toBe('Mended in 1.0.1.')
    await silence(pia, rating)
    await silence(pia, rating)
    expect((await own(tom, pluginId)).rating?.reply).toBeNull()
  })

  test('is not for others; a super-admin takes one back but writes none', async () => {
    const rating = await rate(tom, await newPlugin(), 2)
    const other = await registry.person('quinn', 'publisher')
    for (const person of [other, root]) {
      expect(await refusalOf(reply(person, rating, 'As the owner…'))).toMatchObject({ code: 'not_owner' })
    }
    await reply(pia, rating, 'You fool!')
    expect(await refusalOf(silence(other, rating))).toMatchObject({ code: 'not_owner' })
    await silence(root, rating)
    expect((await own(tom, rating.pluginId)).rating?.reply).toBeNull()
  })

  test.each([
    ['nothing', ''],
    ['blanks', '  \n'],
    ['text that is turned around', 'a\u202eb'],
    ['5,001 characters', 'x'.repeat(5_001)],
  ])('of %s is refused', async (_, text) => {
    const rating = await rate(tom, await newPlugin(), 2)
    expect(await refusalOf(reply(pia, rating, text))).toMatchObject({
      code: 'request_invalid',
      findings: [{ path: 'body.text' }],
    })
  })
})

describe('deleting', () => {
  test('is for the author and super-admins, and takes votes and reports along', async () => {
    const pluginId = await newPlugin()
    const rating = await rate(tom, pluginId, 1)
    const kept = await rate(gil, pluginId, 4)
    await vote(ada, rating, 'helpful')
    await report(pia, rating)
    for (const person of [ada, gil]) {
      expect(await refusalOf(remove(person, rating))).toMatchObject({ code: 'not_allowed', status: 403 })
    }
    await remove(tom, rating)
    expect(await publicAverage(pluginId)).toEqual({ averageRating: 4, ratingCount: 1 })
    expect(await refusalOf(remove(tom, rating))).toMatchObject({ code: 'rating_not_found' })
    for (const table of ['rating_votes', 'rating_reports'] as const) {
      expect(await world.db.selectFrom(table).selectAll().where('rating_id', '=', rating.id).execute()).toEqual([])
    }
    await remove(root, kept)
    expect(await publicAverage(pluginId)).toEqual({ averageRating: 0, ratingCount: 0 })
  })
})

describe('moderation', () => {
  const queue = async (state: 'reported' | 'hidden' = 'reported') =>
    root.client.listRatingsToModerate({ query: { state, take: 100 } })

  test('sees what was reported, the longest waiting first, with who and why', async () => {
    const pluginId = await newPlugin()
    const [first, second] = [await rate(tom, pluginId, 1, 'Rude.'), await rate(gil, pluginId, 1, 'Ruder.')]
    await report(gil, first, ' He knows why. ')
    await report(ada, second)
    await report(pia, first)
    const again = await report(gil, first, 'Look at it!')
    const { ratings, total } = await queue()
    const mine = ratings.filter(({ rating }) => rating.pluginId === pluginId)
    expect(total).toBe(ratings.length)
    expect(mine.map(({ rating, openReports }) => [rating.id, openReports])).toEqual([
      [first.id, 2],
      [second.id, 1],
    ])
    expect(mine[0]).toMatchObject({
      rating: { review: 'Rude.', author: { subject: 'tom', tenantId: 'acme' } },
      reports: [
        {
          reason: 'abuse',
          note: 'Look at it!',
          by: { subject: 'gil', tenantId: 'globex' },
          reportedAt: again.reportedAt,
        },
        { reason: 'abuse', note: null, by: { subject: 'pia', tenantId: null } },
      ],
    })
    for (const rating of [first, second]) await show(rating.id)
    expect((await queue()).ratings.filter(({ rating }) => rating.pluginId === pluginId)).toEqual([])
  })

  test('shows at most five reports of a rating and counts all of them', async () => {
    const rating = await rate(tom, await newPlugin(), 1)
    for (let index = 0; index < 7; index++) {
      await report(await registry.person(`reporter-${index}`, 'tenant-user', 'globex'), rating)
    }
    const [found] = (await queue()).ratings.filter((each) => each.rating.id === rating.id)
    expect(found?.openReports).toBe(7)
    expect(found?.reports.map(({ by }) => by.subject)).toEqual([0, 1, 2, 3, 4].map((index) => `reporter-${index}`))
    await show(rating.id)
  })

  test('hides with a reason: neither shown nor counted, but known to its author', async () => {
    const pluginId = await newPlugin()
    const rating = await rate(tom, pluginId, 1, 'You know who is an idiot.')
    await rate(gil, pluginId, 5)
    await report(gil, rating)
    const hidden = await hide(rating.id)
    expect(hidden.hidden).toEqual({ reason: 'It insults somebody.', hiddenAt: expect.any(String) })

    for (const client of [registry.anonymous(), tom.client, ada.client, root.client]) {
      const { ratings, total, summary } = await list(client, pluginId)
      expect(ratings.map(({ stars }) => stars)).toEqual([5])
      expect({ total, count: summary.count, one: summary.distribution[1] }).toEqual({ total: 1, count: 1, one: 0 })
    }
    expect(await publicAverage(pluginId)).toEqual({ averageRating: 5, ratingCount: 1 })
    expect((await own(tom, pluginId)).rating?.hidden).toEqual(hidden.hidden)
    for (const act of [() => vote(gil, rating, 'helpful'), () => report(gil, rating)]) {
      expect(await refusalOf(act())).toMatchObject({ code: 'rating_not_found' })
    }
    const listed = (await queue('hidden')).ratings.find((each) => each.rating.id === rating.id)
    expect(listed).toMatchObject({ hiddenBy: 'root', openReports: 0, reports: [] })
    expect((await queue()).ratings.some((each) => each.rating.id === rating.id)).toBe(false)

    await show(rating.id)
    expect(await publicAverage(pluginId)).toEqual({ averageRating: 3, ratingCount: 2 })
    expect((await own(tom, pluginId)).rating?.hidden).toBeNull()
  })

  test('is not escaped by writing again or deleting', async () => {
    const pluginId = await newPlugin()
    const rating = await rate(tom, pluginId, 1, 'Idiots.')
    await hide(rating.id)
    expect(await rate(tom, pluginId, 2, 'Sorry.')).toMatchObject({
      id: rating.id,
      hidden: { reason: expect.any(String) },
    })
    expect(await refusalOf(remove(tom, rating))).toMatchObject({ code: 'rating_hidden', status: 409 })
    expect(await refusalOf(remove(gil, rating))).toMatchObject({ code: 'rating_not_found' })
    expect(await publicAverage(pluginId)).toEqual({ averageRating: 0, ratingCount: 0 })
    await show(rating.id)
    expect(await publicAverage(pluginId)).toEqual({ averageRating: 2, ratingCount: 1 })
  })

  test('is asked again by the same person only when the author has written something else', async () => {
    const pluginId = await newPlugin()
    const rating = await rate(tom, pluginId, 1, 'Hm.')
    const waits = async () => (await queue()).ratings.some((each) => each.rating.id === rating.id)
    expect(await report(gil, rating)).toMatchObject({ decidedAt: null })
    await show(rating.id)
    expect((await report(gil, rating)).decidedAt).toEqual(expect.any(String))
    expect(await waits()).toBe(false)
    await rate(tom, pluginId, 1, 'Hm! Idiots.')
    expect(await report(gil, rating)).toMatchObject({ decidedAt: null })
    expect(await waits()).toBe(true)
    await show(rating.id)
  })

  test('needs a reason to hide, none to show, and something to decide about', async () => {
    const rating = await rate(tom, await newPlugin(), 1)
    for (const body of [
      { action: 'hide' },
      { action: 'hide', reason: ' ' },
      { action: 'show', reason: 'x' },
    ] as const) {
      const refused = await refusalOf(root.client.moderateRating({ params: { ratingId: rating.id }, body }))
      expect(refused).toMatchObject({ code: 'request_invalid', findings: [{ path: 'body.reason' }] })
    }
    expect(await refusalOf(hide('none'))).toMatchObject({ code: 'rating_not_found', status: 404 })
    expect(await refusalOf(report(tom, rating))).toMatchObject({ code: 'own_rating' })
  })

  test('of a hidden rating again gives another reason and keeps the time', async () => {
    const rating = await rate(tom, await newPlugin(), 1)
    const first = await hide(rating.id, 'Rude.')
    const second = await hide(rating.id, 'Rude, and about a person.')
    expect(second.hidden).toEqual({ reason: 'Rude, and about a person.', hiddenAt: first.hidden?.hiddenAt })
  })
})

test('every list is read along an index', async () => {
  const sqlite = connectSqlite(':memory:')
  await migrate(sqlite)
  const nodes: RootOperationNode[] = []
  const recorder: KyselyPlugin = {
    transformQuery: ({ node }) => {
      nodes.push(node)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const db: Db = sqlite.withPlugin(recorder)
  for (const sortBy of ['newest', 'helpful', 'rating'] as const) {
    for (const stars of [undefined, 5]) await listRatings(db, 'plugin-1', { sortBy, stars, skip: 0, take: 20 })
  }
  await countStars(db, 'plugin-1')
  await votesBy(db, { tenantId: 'acme', subject: 'tom' }, ['a', 'b'])
  for (const state of ['reported', 'hidden'] as const) await listRatingsToModerate(db, { state, skip: 0, take: 20 })
  await openReports(db, ['a', 'b'])
  // The last one comes twice: a subquery is built like a query.
  expect(nodes).toHaveLength(14)
  for (const node of nodes) {
    const { sql, parameters } = sqlite.getExecutor().compileQuery(node, createQueryId())
    const plan = await sqlite.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
    )
    const steps = plan.rows.map(({ detail }) => detail)
    expect(
      steps.filter((step) => /^SCAN rating|TEMP B-TREE/.test(step) && !/USING .*INDEX/.test(step)),
      sql,
    ).toEqual([])
    expect(
      steps.some((step) => /USING (COVERING )?INDEX/.test(step)),
      `${sql}\n${steps}`,
    ).toBe(true)
  }
  await sqlite.destroy()
})
