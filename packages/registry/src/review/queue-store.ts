import { sql } from 'kysely'
import { countOf } from '../db/count-of.ts'
import type { Db, SubmissionRow } from '../db/tables.ts'
import { secondsBetween } from './waiting-time.ts'

/** How many wait before this one, and itself. Counted on the index of the queue. */
export async function queuePosition(
  db: Db,
  { id, submitted_at }: Pick<SubmissionRow, 'id' | 'submitted_at'>,
): Promise<number> {
  const { position } = await db
    .selectFrom('submissions')
    .select((eb) => eb.fn.countAll<number>().as('position'))
    .where('state', '=', 'pending_review')
    // Ids tell those of one millisecond apart.
    .where(sql<boolean>`(submitted_at, id) <= (${submitted_at}, ${id})`)
    .executeTakeFirstOrThrow()
  return position
}

/** The places of some in the queue, in one pass over its index. */
export async function queuePositions(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; position: number }>`
    select id, position from (
      select id, row_number() over (order by submitted_at, id) as position
      from submissions where state = 'pending_review'
    ) as queue where id in (${sql.join([...ids])})`.execute(db)
  return new Map(rows.map(({ id, position }) => [id, position]))
}

/** Decisions that tell how long one has to wait. */
const lastDecisions = 50

/** Seconds that the last decided submissions waited for a person. */
export async function lastWaits(db: Db): Promise<number[]> {
  const rows = await db
    .selectFrom('submissions')
    .select(['submitted_at', 'decided_at'])
    // In the words of the index, which holds these alone.
    .where(sql<boolean>`decided_by is not null and decided_by not like 'policy:%'`)
    .orderBy('decided_at', 'desc')
    .limit(lastDecisions)
    .execute()
  return rows.map(({ submitted_at, decided_at }) => secondsBetween(submitted_at, decided_at ?? submitted_at))
}

export interface SubmissionFilter {
  state: string
  pluginId?: string | undefined
  /** Only plugins that this person owns. */
  owner?: string | undefined
  /** Only those that somebody looks at, by a claim made after this time. */
  claim?: { readonly by: string; readonly after: string } | undefined
  sort: 'age' | 'risk' | 'newest'
  skip: number
  take: number
}

/** One page of submissions: oldest first, of the greatest risk first and then oldest, or newest first. */
export async function listSubmissions(
  db: Db,
  filter: SubmissionFilter,
): Promise<{ rows: SubmissionRow[]; total: number }> {
  let matching = db.selectFrom('submissions').where('state', '=', filter.state)
  if (filter.pluginId !== undefined) matching = matching.where('plugin_id', '=', filter.pluginId)
  const { owner } = filter
  if (owner !== undefined) {
    matching = matching.where('plugin_id', 'in', (eb) =>
      eb.selectFrom('plugin_owners').select('plugin_owners.plugin_id').where('subject', '=', owner),
    )
  }
  if (filter.claim) {
    matching = matching.where('claimed_by', '=', filter.claim.by).where('claimed_at', '>', filter.claim.after)
  }
  let page = matching.selectAll('submissions')
  if (filter.sort === 'risk') page = page.orderBy('risk', 'desc')
  const order = filter.sort === 'newest' ? 'desc' : 'asc'
  const rows = await page
    .orderBy('submitted_at', order)
    .orderBy('id', order)
    .offset(filter.skip)
    .limit(filter.take)
    .execute()
  return { rows, total: await countOf(matching) }
}
