import { randomUUID } from 'node:crypto'
import type { RaisedPoint } from '@plexica/api'
import type { Db, SubmissionRow, Trx, VersionRow } from '../db/tables.ts'
import type { PointMarks } from './resubmission.ts'

type Submitted = Pick<
  VersionRow,
  'plugin_id' | 'version' | 'digest' | 'findings' | 'capabilities' | 'quality_score' | 'quality_out_of'
>

/** Puts a version into the queue, with what its reviewer will see. */
export async function insertSubmission(
  trx: Trx,
  version: Submitted,
  { submittedBy, at, risk }: { submittedBy: string; at: string; risk: number },
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
      risk,
      points: '[]',
      point_marks: '{}',
    })
    .execute()
  return { id }
}

/** Closes the open submission of a version whose bytes are being replaced; undefined when it has none. */
export async function replaceOpenSubmission(
  trx: Trx,
  pluginId: string,
  version: string,
  at: string,
): Promise<{ id: string; digest: string } | undefined> {
  return trx
    .updateTable('submissions')
    .set({ state: 'replaced', decided_at: at })
    .where('plugin_id', '=', pluginId)
    .where('version', '=', version)
    .where('state', '=', 'pending_review')
    .returning(['id', 'digest'])
    .executeTakeFirst()
}

/** Records the decision about an open submission. */
export async function decideSubmission(
  trx: Trx,
  id: string,
  decision: {
    state: 'approved' | 'rejected'
    by: string
    at: string
    reason: string | null
    points: readonly RaisedPoint[]
  },
): Promise<void> {
  const { state, by, at, reason, points } = decision
  await trx
    .updateTable('submissions')
    .set({ state, decided_by: by, decided_at: at, reason, points: JSON.stringify(points) })
    .where('id', '=', id)
    .execute()
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

/** The one submission of these bytes that waits, which a waiting version always has. */
export async function openSubmissionOf(
  trx: Trx,
  { plugin_id, version, digest }: Pick<VersionRow, 'plugin_id' | 'version' | 'digest'>,
): Promise<SubmissionRow> {
  return trx
    .selectFrom('submissions')
    .selectAll()
    .where('plugin_id', '=', plugin_id)
    .where('version', '=', version)
    .where('digest', '=', digest)
    .where('state', '=', 'pending_review')
    .executeTakeFirstOrThrow()
}

export async function findSubmission(db: Db, id: string): Promise<SubmissionRow | undefined> {
  return db.selectFrom('submissions').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The submission by which a version was approved last. */
export async function findApproval(db: Db, pluginId: string, version: string): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('submissions')
    .select('id')
    .where('plugin_id', '=', pluginId)
    .where('version', '=', version)
    .where('state', '=', 'approved')
    .orderBy('submitted_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/**
 * The last rejection of the plugin before something was submitted, unless an approval followed it; of the same version
 * also then, because what was approved beside it says nothing about it.
 */
export async function findRejectionBefore(
  db: Db,
  { id, plugin_id, version, submitted_at }: Pick<SubmissionRow, 'id' | 'plugin_id' | 'version' | 'submitted_at'>,
): Promise<SubmissionRow | undefined> {
  return db
    .selectFrom('submissions as rejected')
    .selectAll('rejected')
    .where('rejected.plugin_id', '=', plugin_id)
    .where('rejected.state', '=', 'rejected')
    .where('rejected.id', '!=', id)
    .where('rejected.decided_at', '<=', submitted_at)
    .where((eb) =>
      eb.or([
        eb('rejected.version', '=', version),
        eb.not(
          eb.exists(
            eb
              .selectFrom('submissions as approved')
              .select('approved.id')
              .where('approved.plugin_id', '=', plugin_id)
              .where('approved.state', '=', 'approved')
              .whereRef('approved.decided_at', '>', 'rejected.decided_at')
              .where('approved.decided_at', '<=', submitted_at),
          ),
        ),
      ]),
    )
    .orderBy('rejected.decided_at', 'desc')
    .orderBy('rejected.id')
    .limit(1)
    .executeTakeFirst()
}

export async function setClaim(trx: Trx, id: string, claim: { by: string; at: string } | null): Promise<void> {
  await trx
    .updateTable('submissions')
    .set({ claimed_by: claim?.by ?? null, claimed_at: claim?.at ?? null })
    .where('id', '=', id)
    .execute()
}

export async function setPointMarks(trx: Trx, id: string, marks: PointMarks): Promise<void> {
  await trx
    .updateTable('submissions')
    .set({ point_marks: JSON.stringify(marks) })
    .where('id', '=', id)
    .execute()
}

/** How many submissions wait for a decision, and since when the first of them does. */
export async function oldestInQueue(db: Db): Promise<{ length: number; oldest: string | null }> {
  return db
    .selectFrom('submissions')
    .select((eb) => [eb.fn.countAll<number>().as('length'), eb.fn.min('submitted_at').as('oldest')])
    .where('state', '=', 'pending_review')
    .executeTakeFirstOrThrow()
}
