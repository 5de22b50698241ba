import { type SelectQueryBuilder, sql } from 'kysely'
import { countOf } from '../db/count-of.ts'
import type { Db, RatingReportRow, RatingRow, Tables, Trx } from '../db/tables.ts'

/** Reports that a moderator sees of one rating before opening it. */
const mostShown = 5

export async function findReport(
  db: Db,
  key: Pick<RatingReportRow, 'rating_id' | 'tenant_id' | 'subject'>,
): Promise<RatingReportRow | undefined> {
  return db
    .selectFrom('rating_reports')
    .selectAll()
    .where('rating_id', '=', key.rating_id)
    .where('tenant_id', '=', key.tenant_id)
    .where('subject', '=', key.subject)
    .executeTakeFirst()
}

/** Files a report, or puts it in the place of the same person's earlier one. */
export async function putReport(trx: Trx, row: RatingReportRow): Promise<void> {
  const { reason, note, reported_at, decided_at } = row
  await trx
    .insertInto('rating_reports')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['rating_id', 'tenant_id', 'subject']).doUpdateSet({ reason, note, reported_at, decided_at }),
    )
    .execute()
}

/** Settles all open reports of a rating. */
export async function settleReports(trx: Trx, ratingId: string, at: string): Promise<void> {
  await trx
    .updateTable('rating_reports')
    .set({ decided_at: at })
    .where('rating_id', '=', ratingId)
    .where('decided_at', 'is', null)
    .execute()
}

/** One page of what waits for a moderator, oldest first, or of what is hidden, newest first. */
export async function listRatingsToModerate(
  db: Db,
  { state, skip, take }: { state: 'reported' | 'hidden'; skip: number; take: number },
): Promise<{ rows: RatingRow[]; total: number }> {
  const ratings: SelectQueryBuilder<Tables, 'ratings', Record<never, never>> = db.selectFrom('ratings')
  const [column, direction] =
    state === 'reported' ? (['reported_at', 'asc'] as const) : (['hidden_at', 'desc'] as const)
  const matching = ratings.where(column, 'is not', null)
  const rows = await matching.selectAll().orderBy(column, direction).orderBy('id').limit(take).offset(skip).execute()
  return { rows, total: await countOf(matching) }
}

/** The first open reports of each of these ratings, and how many there are, by rating. */
export async function openReports(
  db: Db,
  ratingIds: readonly string[],
): Promise<Map<string, { count: number; reports: RatingReportRow[] }>> {
  if (ratingIds.length === 0) return new Map()
  // Both in the order of one index: nothing has to be sorted.
  const inOrder = sql`partition by rating_id order by reported_at, tenant_id, subject`
  const place = sql<number>`row_number() over (${inOrder})`
  const count = sql<number>`count(*) over (${inOrder} rows between unbounded preceding and unbounded following)`
  const open = db
    .selectFrom('rating_reports')
    .selectAll()
    .select([place.as('place'), count.as('count')])
    .where('rating_id', 'in', ratingIds)
    .where('decided_at', 'is', null)
  const rows = await db.selectFrom(open.as('open')).selectAll().where('place', '<=', mostShown).execute()
  return new Map(
    [...Map.groupBy(rows, (row) => row.rating_id)].map(([id, same]) => [
      id,
      { count: same[0]?.count ?? 0, reports: same.toSorted((a, b) => a.place - b.place) },
    ]),
  )
}
