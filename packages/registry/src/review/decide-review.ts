import type { VersionState } from '@plexica/api'
import { unpackBundle } from '../bundles/unpack-bundle.ts'
import type { Db, VersionRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { findPlugin, lockPlugin } from '../plugins/plugin-store.ts'
import { refreshPlugin } from '../plugins/refresh-plugin.ts'
import { followChannel } from '../publishing/set-channel.ts'
import { findVersion, setVersionState } from '../publishing/version-store.ts'
import type { World } from '../world.ts'
import { decideSubmission, findLastSubmission, openSubmission } from './submission-store.ts'
import { nextState, type VersionAction } from './version-state.ts'

export interface Decision {
  pluginId: string
  version: string
  /** Who decides or submits. */
  by: string
}

export interface Decided {
  id: string
  version: string
  digest: string
  status: VersionState
  submission: string
}

/** From here on these bytes are served. Approving them again is the same success. */
export async function approveVersion(world: World, decision: Decision & { digest: string }): Promise<Decided> {
  const found = await versionFor(world.db, decision, 'approve')
  // Blobs first, rows last: what the approval makes visible is in place before it is recorded.
  await unpackBundle(world, found)
  return decide(world, decision, 'approve', null)
}

/** The author reads the reason; the number may be used again. */
export async function rejectVersion(
  world: World,
  decision: Decision & { digest: string; reason: string },
): Promise<Decided> {
  return decide(world, decision, 'reject', decision.reason)
}

/** Puts a draft into the queue. Submitting what waits already is the same success. */
export async function submitVersion(world: World, decision: Decision): Promise<Decided> {
  const at = world.now().toISOString()
  const result = await world.db.transaction().execute(async (trx) => {
    await lockPlugin(trx, decision.pluginId)
    const row = await versionFor(trx, decision, 'submit')
    if (row.state === 'pending_review') return decided(trx, row, 'pending_review')
    await setVersionState(trx, row, { state: 'pending_review', reason: null })
    await openSubmission(trx, row, { submittedBy: decision.by, at })
    await refreshPlugin(trx, decision.pluginId, at)
    return decided(trx, row, 'pending_review')
  })
  world.ready.drop(`plugin:${decision.pluginId}`)
  return result
}

async function decide(
  world: World,
  decision: Decision & { digest: string },
  action: 'approve' | 'reject',
  reason: string | null,
): Promise<Decided> {
  const at = world.now().toISOString()
  const result = await world.db.transaction().execute(async (trx) => {
    await lockPlugin(trx, decision.pluginId)
    const row = await versionFor(trx, decision, action)
    if (row.state === 'published') return decided(trx, row, 'published')
    const state = action === 'approve' ? 'published' : 'rejected'
    await decideSubmission(trx, decision, {
      state: action === 'approve' ? 'approved' : 'rejected',
      by: decision.by,
      at,
      reason,
    })
    await setVersionState(trx, row, { state, reason, ...(action === 'approve' ? { publishedAt: at } : {}) })
    if (action === 'approve') await followChannel(trx, row)
    await refreshPlugin(trx, decision.pluginId, at)
    return decided(trx, row, state)
  })
  world.ready.drop(`plugin:${decision.pluginId}`)
  return result
}

/** The version's row, when the action fits its state and the bytes are those that were looked at. */
async function versionFor(
  db: Db,
  { pluginId, version, digest }: { pluginId: string; version: string; digest?: string },
  action: VersionAction,
): Promise<VersionRow> {
  const row = await findVersion(db, pluginId, version)
  if (!row) {
    if (!(await findPlugin(db, pluginId)))
      throw new RegistryError('plugin_not_found', `There is no plugin ${pluginId}.`)
    throw new RegistryError('version_not_found', `${pluginId} has no version ${version}.`)
  }
  if (digest !== undefined && row.digest !== digest) {
    throw new RegistryError('digest_changed', `${pluginId}@${version} is now ${row.digest}.`)
  }
  const next = nextState(row.state as VersionState, action)
  if ('code' in next) throw new RegistryError(next.code, await conflictDetail(db, row))
  return row
}

async function conflictDetail(db: Db, row: VersionRow): Promise<string> {
  const last = await findLastSubmission(db, row.plugin_id, row.version)
  const who = last?.decided_by ? `: ${last.state} by ${last.decided_by} at ${last.decided_at}` : ''
  return `${row.plugin_id}@${row.version} is ${row.state}${who}.`
}

async function decided(db: Db, row: VersionRow, status: VersionState): Promise<Decided> {
  const last = await findLastSubmission(db, row.plugin_id, row.version)
  return { id: row.plugin_id, version: row.version, digest: row.digest, status, submission: last?.id ?? '' }
}
