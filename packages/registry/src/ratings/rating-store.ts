import type { RatingVote } from '@plexica/api'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Db, RatingRow, Tables, Trx } from '../db/tables.ts'
import type { Member } from './rating-policy.ts'
import type { StarCounts } from './rating-score.ts'

/** Holds a rating's row until the transaction ends, so that votes and reports on it take turns. */
export async function lockRating(trx: Trx, pluginId: string, ratingId: string): Promise<RatingRow | undefined> {
  return trx
    .updateTable('ratings')
    .set((set) => ({ stars: set.ref('stars') }))
    .where('id', '=', ratingId)
    .where('plugin_id', '=', pluginId)
    .returningAll()
    .executeTakeFirst()
}

/** Makes the plugin's average and count what its ratings that show come to. After every change of them. */
export async function recountRatings(trx: Trx, pluginId: string): Promise<void> {
  await sql`
    update plugins set (average_rating, rating_count) = (
      select coalesce(avg(stars), 0), count(*) from ratings where plugin_id = ${pluginId} and hidden_at is null)
    where id = ${pluginId}`.execute(trx)
}

export async function findRating(db: Db, ratingId: string): Promise<RatingRow | undefined> {
  return db.selectFrom('ratings').selectAll().where('id', '=', ratingId).executeTakeFirst()
}

/** What a person has said of a plugin, hidden or not. */
export async function findRatingBy(
  db: Db,
  { tenantId, subject }: Member,
  pluginId: string,
): Promise<RatingRow | undefined> {
  return db
    .selectFrom('ratings')
    .selectAll()
    .where('plugin_id', '=', pluginId)
    .where('tenant_id', '=', tenantId)
    .where('subject', '=', subject)
    .executeTakeFirst()
}

/** All that a rating of nothing but stars leaves out. */
export const unsaid = {
  review: null,
  helpful_count: 0,
  not_helpful_count: 0,
  reply: null,
  replied_by: null,
  replied_at: null,
  reported_at: null,
  hidden_reason: null,
  hidden_by: null,
  hidden_at: null,
} as const

export async function insertRating(trx: Trx, row: RatingRow): Promise<RatingRow> {
  await trx.insertInto('ratings').values(row).execute()
  return row
}

/** Changes columns of a rating that stands. */
export async function setRating(
  trx: Trx,
  ratingId: string,
  columns: Partial<Omit<RatingRow, 'id'>>,
): Promise<RatingRow> {
  return trx.updateTable('ratings').set(columns).where('id', '=', ratingId).returningAll().executeTakeFirstOrThrow()
}

/** With its votes and reports. */
export async function deleteRatingRow(trx: Trx, ratingId: string): Promise<void> {
  await trx.deleteFrom('ratings').where('id', '=', ratingId).execute()
}

/** All that was ever said of a plugin. */
export async function deleteRatingsOf(trx: Trx, pluginId: string): Promise<void> {
  await trx.deleteFrom('ratings').where('plugin_id', '=', pluginId).execute()
  await recountRatings(trx, pluginId)
}

export interface RatingPage {
  readonly sortBy: 'newest' | 'helpful' | 'rating'
  readonly stars: number | undefined
  readonly skip: number
  readonly take: number
}

/** One page of a plugin's ratings that show; each order has its index. */
export async function listRatings(db: Db, pluginId: string, page: RatingPage): Promise<RatingRow[]> {
  let rows = shown(db, pluginId).selectAll()
  if (page.stars !== undefined) rows = rows.where('stars', '=', page.stars)
  if (page.sortBy === 'helpful') rows = rows.orderBy(sql`helpful_count - not_helpful_count`, 'desc')
  if (page.sortBy === 'rating') rows = rows.orderBy('stars', 'desc')
  return rows.orderBy('created_at', 'desc').orderBy('id').limit(page.take).offset(page.skip).execute()
}

/** How many ratings of a plugin show, by stars. */
export async function countStars(db: Db, pluginId: string): Promise<StarCounts> {
  const rows = await shown(db, pluginId)
    .select((select) => ['stars', select.fn.countAll<number>().as('count')])
    .groupBy('stars')
    .execute()
  return { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, ...Object.fromEntries(rows.map(({ stars, count }) => [stars, count])) }
}

function shown(db: Db, pluginId: string): SelectQueryBuilder<Tables, 'ratings', Record<never, never>> {
  return db.selectFrom('ratings').where('plugin_id', '=', pluginId).where('hidden_at', 'is', null)
}

/** How a person has voted on these ratings, by id. */
export async function votesBy(
  db: Db,
  { tenantId, subject }: Member,
  ratingIds: readonly string[],
): Promise<Map<string, RatingVote>> {
  if (ratingIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('rating_votes')
    .select(['rating_id', 'helpful'])
    .where('rating_id', 'in', ratingIds)
    .where('tenant_id', '=', tenantId)
    .where('subject', '=', subject)
    .execute()
  return new Map(rows.map((row) => [row.rating_id, row.helpful === 1 ? 'helpful' : 'not-helpful']))
}

/** Sets, changes or takes back a person's vote, and recounts the rating's. */
export async function castVote(
  trx: Trx,
  ratingId: string,
  { tenantId, subject }: Member,
  { vote, at }: { vote: RatingVote; at: string },
): Promise<RatingRow> {
  if (vote === 'none') {
    await trx
      .deleteFrom('rating_votes')
      .where('rating_id', '=', ratingId)
      .where('tenant_id', '=', tenantId)
      .where('subject', '=', subject)
      .execute()
  } else {
    const helpful = Number(vote === 'helpful')
    await trx
      .insertInto('rating_votes')
      .values({ rating_id: ratingId, tenant_id: tenantId, subject, helpful, voted_at: at })
      .onConflict((conflict) =>
        conflict.columns(['rating_id', 'tenant_id', 'subject']).doUpdateSet({ helpful, voted_at: at }),
      )
      .execute()
  }
  await recountVotes(trx, ratingId)
  return trx.selectFrom('ratings').selectAll().where('id', '=', ratingId).executeTakeFirstOrThrow()
}

/** Makes a rating's counts what its votes come to. After every change of them. */
export async function recountVotes(trx: Trx, ratingId: string): Promise<void> {
  await sql`
    update ratings set (helpful_count, not_helpful_count) = (
      select coalesce(sum(helpful), 0), coalesce(sum(1 - helpful), 0) from rating_votes where rating_id = ${ratingId})
    where id = ${ratingId}`.execute(trx)
}
