import { randomUUID } from 'node:crypto'
import type { NewReviewPoint, RaisedPoint, SubmissionState, VersionState } from '@plexica/api'
import { unpackBundle } from '../bundles/unpack-bundle.ts'
import type { Db, SubmissionRow, Trx, VersionRow } from '../db/tables.ts'
import { appendEvent } from '../events/append-event.ts'
import { RegistryError } from '../http/registry-error.ts'
import { findPlugin, lockPlugin } from '../plugins/plugin-store.ts'
import { refreshPlugin } from '../plugins/refresh-plugin.ts'
import { noPlugin } from '../plugins/require-visible.ts'
import { followChannel } from '../publishing/set-channel.ts'
import { findVersion, setVersionState } from '../publishing/version-store.ts'
import type { World } from '../world.ts'
import { judgedPointsOf } from './find-resubmission.ts'
import { openReview } from './open-review.ts'
import { raisePoints } from './resubmission.ts'
import { decideSubmission, findLastSubmission, findSubmission, openSubmissionOf } from './submission-store.ts'
import { nextState, type VersionAction } from './version-state.ts'

export interface Submitting {
  readonly pluginId: string
  readonly version: string
  /** Who decides or submits. */
  readonly by: string
}

export interface Decision extends Submitting {
  /** The bytes that were looked at. */
  readonly digest: string
  /** The submission that was looked at: no other of the same bytes is meant. */
  readonly submissionId?: string
}

export interface Decided {
  id: string
  version: string
  digest: string
  status: VersionState
  submission: string
  decidedBy: string | null
  decidedAt: string | null
}

/** From here on these bytes are served. Approving them again is the same success. */
export async function approveVersion(world: World, decision: Decision): Promise<Decided> {
  const found = await versionFor(world.db, decision, 'approve')
  // Blobs first, rows last: what the approval makes visible is in place before it is recorded.
  await unpackBundle(world, found)
  return decide(world, decision, 'approve', async (trx, row, open, at) => {
    await decideSubmission(trx, open.id, { state: 'approved', by: decision.by, at, reason: null, points: [] })
    await setVersionState(trx, row, { state: 'published', reason: null, publishedAt: at })
    await followChannel(trx, row)
  })
}

/** The author reads the reason and the points; the number may be used again. */
export async function rejectVersion(
  world: World,
  decision: Decision & { readonly reason: string; readonly points?: readonly NewReviewPoint[] },
): Promise<Decided> {
  const { by, reason } = decision
  return decide(world, decision, 'reject', async (trx, row, open, at) => {
    const points: RaisedPoint[] = raisePoints(decision.points ?? [], await judgedPointsOf(trx, open), randomUUID)
    await decideSubmission(trx, open.id, { state: 'rejected', by, at, reason, points })
    await setVersionState(trx, row, { state: 'rejected', reason })
  })
}

/** Puts a draft into the queue. Submitting what waits already is the same success. */
export async function submitVersion(world: World, submitting: Submitting): Promise<Decided> {
  const { pluginId, by } = submitting
  const at = world.now().toISOString()
  const result = await world.db.transaction().execute(async (trx) => {
    await lockPlugin(trx, pluginId)
    const row = await versionFor(trx, submitting, 'submit')
    if (row.state === 'pending_review') return decided(trx, row, 'pending_review')
    await setVersionState(trx, row, { state: 'pending_review', reason: null })
    const { id } = await openReview(trx, row, { by, at })
    await refreshPlugin(trx, pluginId, at)
    const answer = await decided(trx, row, 'pending_review')
    await appendReview(trx, 'created', row, { id, by, at })
    return answer
  })
  world.ready.drop(`plugin:${pluginId}`)
  return result
}

/** What has become of a submission, for those who follow its plugin. */
export async function appendReview(
  trx: Trx,
  what: 'created' | 'replaced' | 'claimed' | 'approved' | 'rejected',
  { plugin_id, version, digest }: Pick<VersionRow, 'plugin_id' | 'version' | 'digest'>,
  { id, by, at, data = {} }: { id: string; by: string; at: string; data?: Readonly<Record<string, unknown>> },
): Promise<void> {
  await appendEvent(trx, {
    type: `submission.${what}`,
    actor: by,
    at,
    pluginId: plugin_id,
    version,
    data: { submission: id, digest, ...data },
  })
}

/** Records a decision about what waits, when nobody was first. */
async function decide(
  world: World,
  decision: Decision,
  action: 'approve' | 'reject',
  write: (trx: Trx, row: VersionRow, open: SubmissionRow, at: string) => Promise<void>,
): Promise<Decided> {
  const { pluginId, by } = decision
  const at = world.now().toISOString()
  const result = await world.db.transaction().execute(async (trx) => {
    await lockPlugin(trx, pluginId)
    const row = await versionFor(trx, decision, action)
    if (row.state === 'published') return decided(trx, row, 'published')
    const open = await openSubmissionOf(trx, row)
    await write(trx, row, open, at)
    await refreshPlugin(trx, pluginId, at)
    const answer = await decided(trx, row, action === 'approve' ? 'published' : 'rejected')
    await appendReview(trx, action === 'approve' ? 'approved' : 'rejected', row, { id: open.id, by, at })
    return answer
  })
  world.ready.drop(`plugin:${pluginId}`)
  return result
}

/** The version's row, when the action fits its state and the bytes are those that were looked at. */
async function versionFor(
  db: Db,
  { pluginId, version, digest, submissionId }: Submitting & Partial<Decision>,
  action: VersionAction,
): Promise<VersionRow> {
  if (submissionId !== undefined) await requireUndecided(db, submissionId, action)
  const row = await findVersion(db, pluginId, version)
  if (!row) {
    if (!(await findPlugin(db, pluginId))) throw noPlugin(pluginId)
    throw new RegistryError('version_not_found', `${pluginId} has no version ${version}.`)
  }
  if (digest !== undefined && row.digest !== digest) {
    throw new RegistryError('digest_changed', `${pluginId}@${version} is now ${row.digest}.`)
  }
  const next = nextState(row.state as VersionState, action)
  if ('code' in next) {
    const last = await findLastSubmission(db, pluginId, version)
    throw new RegistryError(next.code, `${pluginId}@${version} is ${row.state}${decisionWords(last)}.`)
  }
  return row
}

/** A decided submission stays decided, also when its bytes were submitted once more. Throws `state_conflict`. */
async function requireUndecided(db: Db, id: string, action: VersionAction): Promise<void> {
  const submission = await findSubmission(db, id)
  if (!submission) throw new RegistryError('submission_not_found', `There is no submission ${id}.`)
  const state = submission.state as SubmissionState
  // Of a replaced one the digest tells more; approving what is approved is the same success.
  if (state === 'pending_review' || state === 'replaced' || (state === 'approved' && action === 'approve')) return
  const { plugin_id: pluginId, version } = submission
  throw new RegistryError(
    'state_conflict',
    `This submission of ${pluginId}@${version} is decided${decisionWords(submission)}.`,
  )
}

function decisionWords(submission: SubmissionRow | undefined): string {
  if (!submission?.decided_by) return ''
  return `: ${submission.state} by ${submission.decided_by} at ${submission.decided_at}`
}

async function decided(db: Db, row: VersionRow, status: VersionState): Promise<Decided> {
  const last = await findLastSubmission(db, row.plugin_id, row.version)
  return {
    id: row.plugin_id,
    version: row.version,
    digest: row.digest,
    status,
    submission: last?.id ?? '',
    decidedBy: last?.decided_by ?? null,
    decidedAt: last?.decided_at ?? null,
  }
}
