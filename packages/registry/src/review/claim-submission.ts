import type { Db, SubmissionRow, Trx } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { lockPlugin } from '../plugins/plugin-store.ts'
import type { World } from '../world.ts'
import { claimOf } from './claim.ts'
import { appendReview } from './decide-review.ts'
import { findSubmission, setClaim } from './submission-store.ts'

export interface Claiming {
  readonly submissionId: string
  readonly by: string
}

/** Tells the other reviewers who looks at a submission. Throws `submission_claimed` while somebody else does. */
export async function claimSubmission(
  world: World,
  { submissionId, by, takeOver }: Claiming & { readonly takeOver: boolean },
): Promise<SubmissionRow> {
  const now = world.now()
  const at = now.toISOString()
  return world.db.transaction().execute(async (trx) => {
    const row = await lockWaiting(trx, submissionId)
    const held = claimOf(row, now)
    const isOthers = held !== null && held.by !== by
    if (isOthers && !takeOver) throw claimed(row, held.by, held.at)
    await setClaim(trx, row.id, { by, at })
    // Renewing is no news.
    if (held?.by !== by) {
      const data = { claimed: true, ...(held === null ? {} : { from: held.by }) }
      await appendReview(trx, 'claimed', row, { id: row.id, by, at, data })
    }
    return { ...row, claimed_by: by, claimed_at: at }
  })
}

/** Lets go of a submission. Throws `submission_claimed` when somebody else has it. */
export async function releaseSubmission(world: World, { submissionId, by }: Claiming): Promise<void> {
  const now = world.now()
  await world.db.transaction().execute(async (trx) => {
    const row = await lockSubmission(trx, submissionId)
    const held = claimOf(row, now)
    if (held === null) return
    if (held.by !== by) throw claimed(row, held.by, held.at)
    await setClaim(trx, row.id, null)
    await appendReview(trx, 'claimed', row, { id: row.id, by, at: now.toISOString(), data: { claimed: false } })
  })
}

/** The row of a submission that waits, while nobody else changes its plugin. Throws `state_conflict` for a decided one. */
export async function lockWaiting(trx: Trx, submissionId: string): Promise<SubmissionRow> {
  const row = await lockSubmission(trx, submissionId)
  if (row.state === 'pending_review') return row
  const by = row.decided_by === null ? '' : ` by ${row.decided_by}`
  throw new RegistryError(
    'state_conflict',
    `This submission of ${row.plugin_id}@${row.version} was ${row.state}${by} at ${row.decided_at}.`,
  )
}

async function lockSubmission(trx: Trx, submissionId: string): Promise<SubmissionRow> {
  // The plugin's row comes first, and the submission tells which plugin it is.
  await lockPlugin(trx, (await requireSubmission(trx, submissionId)).plugin_id)
  return requireSubmission(trx, submissionId)
}

export async function requireSubmission(db: Db, submissionId: string): Promise<SubmissionRow> {
  const row = await findSubmission(db, submissionId)
  if (row) return row
  throw new RegistryError('submission_not_found', `There is no submission ${submissionId}.`)
}

function claimed({ plugin_id, version }: SubmissionRow, by: string, at: string): RegistryError {
  return new RegistryError('submission_claimed', `${by} looks at ${plugin_id}@${version} since ${at}.`)
}
