import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, SubmissionRow, Trx, VersionRow } from '../db/tables.ts'

type Submitted = Pick<
  VersionRow,
  'plugin_id' | 'version' | 'digest' | 'findings' | 'capabilities' | 'quality_score' | 'quality_out_of'
>

/** Puts a version into the queue, with what its reviewer will see. */
export async function openSubmission(
  trx: Trx,
  version: Submitted,
  { submittedBy, at }: { submittedBy: string; at: string },
): Promise<{ id: string }> {
  const id = randomUUID()
  await trx
    .insertInto('submissions')
    .values({
      id,
      plugin_id: version.plugin_id,
      version: version.version,
      digest: version.digest,
      state: 'pending_review',
      findings: version.findings,
      capabilities: version.capabilities,
      quality_score: version.quality_score,
      quality_out_of: version.quality_out_of,
      submitted_by: submittedBy,
      submitted_at: at,
    })
    .execute()
  return { id }
}

/** Closes the open submission of a version whose bytes are being replaced. */
export async function replaceOpenSubmission(trx: Trx, pluginId: string, version: string, at: string): Promise<void> {
  await trx
    .updateTable('submissions')
    .set({ state: 'replaced', decided_at: at })
    .where('plugin_id', '=', pluginId)
    .where('version', '=', version)
    .where('state', '=', 'pending_review')
    .execute()
}

/** Records the decision about the open submission of these bytes, which a waiting version always has. */
export async function decideSubmission(
  trx: Trx,
  version: { pluginId: string; version: string; digest: string },
  decision: { state: 'approved' | 'rejected'; by: string; at: string; reason: string | null },
): Promise<void> {
  await trx
    .updateTable('submissions')
    .set({ state: decision.state, decided_by: decision.by, decided_at: decision.at, reason: decision.reason })
    .where('plugin_id', '=', version.pluginId)
    .where('version', '=', version.version)
    .where('digest', '=', version.digest)
    .where('state', '=', 'pending_review')
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** The newest submission of a version, open or decided. */
export async function findLastSubmission(
  db: Db,
  pluginId: string,
  version: string,
): Promise<SubmissionRow | undefined> {
  return db
    .selectFrom('submissions')
    .selectAll()
    .where('plugin_id', '=', pluginId)
    .where('version', '=', version)
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function findOpenSubmission(
  db: Db,
  pluginId: string,
  version: string,
): Promise<SubmissionRow | undefined> {
  return db
    .selectFrom('submissions')
    .selectAll()
    .where('plugin_id', '=', pluginId)
    .where('version', '=', version)
    .where('state', '=', 'pending_review')
    .executeTakeFirst()
}

/** A submission with its place in the queue, which only one that waits has. */
export interface PlacedSubmission extends SubmissionRow {
  position: number | null
}

export async function findSubmission(db: Db, id: string): Promise<PlacedSubmission | undefined> {
  return db
    .selectFrom('submissions')
    .selectAll('submissions')
    .select(position)
    .where('submissions.id', '=', id)
    .executeTakeFirst()
}

/** How many wait before this one, and itself. */
export async function queuePosition(db: Db, { id }: Pick<SubmissionRow, 'id'>): Promise<number> {
  const found = await db.selectFrom('submissions').select(position).where('submissions.id', '=', id).executeTakeFirst()
  return found?.position ?? 1
}

/** Counted on the index of the queue; ids tell those of one millisecond apart. */
const position = sql<number | null>`
  case when submissions.state = 'pending_review' then (
    select count(*) from submissions as earlier
    where earlier.state = 'pending_review'
      and (earlier.submitted_at, earlier.id) <= (submissions.submitted_at, submissions.id)
  ) end`.as('position')

export interface SubmissionFilter {
  state: string
  pluginId?: string | undefined
  /** Only plugins that this person owns. */
  owner?: string | undefined
  skip: number
  take: number
}

/** One page of submissions, oldest first. */
export async function listSubmissions(
  db: Db,
  filter: SubmissionFilter,
): Promise<{ rows: PlacedSubmission[]; total: number }> {
  let matching = db.selectFrom('submissions').where('state', '=', filter.state)
  if (filter.pluginId !== undefined) matching = matching.where('plugin_id', '=', filter.pluginId)
  const { owner } = filter
  if (owner !== undefined) {
    matching = matching.where('plugin_id', 'in', (eb) =>
      eb.selectFrom('plugin_owners').select('plugin_owners.plugin_id').where('subject', '=', owner),
    )
  }
  const rows = await matching
    .selectAll('submissions')
    .select(position)
    .orderBy('submitted_at')
    .orderBy('id')
    .offset(filter.skip)
    .limit(filter.take)
    .execute()
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { rows, total }
}

/** How many submissions wait for a decision, and since when the first of them does. */
export async function oldestInQueue(db: Db): Promise<{ length: number; oldest: string | null }> {
  return db
    .selectFrom('submissions')
    .select((eb) => [eb.fn.countAll<number>().as('length'), eb.fn.min('submitted_at').as('oldest')])
    .where('state', '=', 'pending_review')
    .executeTakeFirstOrThrow()
}
