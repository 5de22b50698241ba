import type { Submission, SubmissionDelta, SubmissionDetail } from '@plexica/api'
import { seesDrafts } from '../auth/policy.ts'
import type { Principal } from '../auth/principal.ts'
import type { StoredVersionRow, SubmissionRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { ownersOf } from '../plugins/owner-store.ts'
import { findVersion } from '../publishing/version-store.ts'
import type { World } from '../world.ts'
import { findBase } from './base-store.ts'
import { findResubmission } from './find-resubmission.ts'
import { lastWaits, queuePosition, queuePositions } from './queue-store.ts'
import { findApproval, findSubmission } from './submission-store.ts'
import { submissionView } from './submission-view.ts'
import { versionDelta } from './version-delta.ts'
import { typicalWait } from './waiting-time.ts'

/** The row of a submission. For those who may not see it there is none: throws `submission_not_found`. */
export async function visibleSubmission(
  { db }: World,
  principal: Principal,
  submissionId: string,
): Promise<SubmissionRow> {
  const row = await findSubmission(db, submissionId)
  if (row && seesDrafts(principal, await ownersOf(db, row.plugin_id), row.plugin_id)) return row
  throw new RegistryError('submission_not_found', `There is no submission ${submissionId}.`)
}

/** Submissions with their places, in as many queries for a hundred as for one. */
export async function showSubmissions(world: World, rows: readonly SubmissionRow[]): Promise<Submission[]> {
  const waiting = rows.filter(({ state }) => state === 'pending_review').map(({ id }) => id)
  const positions = await queuePositions(world.db, waiting)
  const wait = waiting.length > 0 ? typicalWait(await lastWaits(world.db)) : null
  const now = world.now()
  return rows.map((row) => submissionView(row, { now, position: positions.get(row.id) ?? null, typicalWait: wait }))
}

export async function showSubmission(world: World, row: SubmissionRow): Promise<Submission> {
  const isWaiting = row.state === 'pending_review'
  return submissionView(row, {
    now: world.now(),
    position: isWaiting ? await queuePosition(world.db, row) : null,
    typicalWait: isWaiting ? typicalWait(await lastWaits(world.db)) : null,
  })
}

export async function showDetail(world: World, row: SubmissionRow): Promise<SubmissionDetail> {
  return { ...(await showSubmission(world, row)), resubmission: await findResubmission(world.db, row) }
}

/** What differs from the version that was approved last before the submission was decided, or by now. */
export async function showDelta(world: World, submission: SubmissionRow): Promise<SubmissionDelta> {
  const { db } = world
  const row = await submittedVersion(world, submission)
  const base = await findBase(db, row, submission.decided_at ?? world.now().toISOString())
  const approval = base && (await findApproval(db, base.plugin_id, base.version))
  return {
    submission: submission.id,
    pluginId: row.plugin_id,
    version: row.version,
    digest: row.digest,
    base: base
      ? {
          version: base.version,
          digest: base.digest,
          publishedAt: base.published_at,
          submission: approval?.id ?? null,
        }
      : null,
    ...versionDelta(base, row),
  }
}

/** The version with the bytes of a submission. Throws `digest_changed` when it has others by now. */
export async function submittedVersion(
  { db }: World,
  { plugin_id, version, digest }: SubmissionRow,
): Promise<StoredVersionRow> {
  const row = await findVersion(db, plugin_id, version)
  if (row?.digest === digest) return row
  throw new RegistryError('digest_changed', `${plugin_id}@${version} is now ${row?.digest ?? 'gone'}.`)
}
