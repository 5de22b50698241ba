import type { VersionState } from '@plexica/api'
import type { Logger } from 'pino'
import type { ManagePermission } from '../auth/policy.ts'
import { type Principal, subjectOf } from '../auth/principal.ts'
import type { Db, StoredVersionRow, Trx } from '../db/tables.ts'
import { appendEvent } from '../events/append-event.ts'
import { RegistryError } from '../http/registry-error.ts'
import { countInstallations } from '../installations/installation-store.ts'
import { refreshPlugin } from '../plugins/refresh-plugin.ts'
import { lockManaged } from '../plugins/require-managed.ts'
import { nextState } from '../review/version-state.ts'
import { dropListings } from '../search/listed.ts'
import type { World } from '../world.ts'
import { buryVersion } from './bury-version.ts'
import { requireKept } from './package-blob.ts'
import { findVersion, setVersionState } from './version-store.ts'

export interface Withdrawal {
  readonly pluginId: string
  readonly version: string
  readonly principal: Principal
  readonly log: Logger
}

/** Those who pin the version keep it; `latest`, ranges, searches and new installations pass it by. */
export async function yankVersion(world: World, act: Withdrawal & { readonly reason: string }): Promise<void> {
  await turn(world, act, 'yank', act.reason)
}

export async function unyankVersion(world: World, act: Withdrawal): Promise<void> {
  await turn(world, act, 'unyank', null)
}

async function turn(world: World, act: Withdrawal, action: 'yank' | 'unyank', reason: string | null): Promise<void> {
  const { pluginId, version } = act
  await change(world, act, 'plugin:manage', async (trx, row, at) => {
    const next = nextState(row.state as VersionState, action)
    if ('code' in next) throw new RegistryError(next.code, `${pluginId}@${version} is ${row.state}.`)
    // Its files are gone too: nobody could load them.
    if (action === 'unyank') requireKept(row, act)
    const yankedAt = action === 'unyank' ? null : (row.yanked_at ?? at)
    await setVersionState(trx, row, { state: next.state, reason, yankedAt })
    await refreshPlugin(trx, pluginId, at)
    if (row.state === next.state && row.reason === reason) return
    const type = `version.${action}ed` as const
    const data = reason === null ? {} : { reason }
    await appendEvent(trx, { type, actor: subjectOf(act.principal), at, pluginId, version, data })
  })
  act.log.info({ pluginId, version, by: subjectOf(act.principal), reason }, `version ${action}ed`)
}

/** The version leaves every answer; its number stays taken for ever. Its blobs go with the next sweep. */
export async function deleteVersion(world: World, act: Withdrawal & { readonly reason: string }): Promise<void> {
  const { pluginId, version, reason } = act
  const by = subjectOf(act.principal)
  await change(world, act, 'version:delete', async (trx, { digest }, at) => {
    const installed = await countInstallations(trx, pluginId, version)
    if (installed > 0) {
      const tenants = installed === 1 ? 'tenant has' : 'tenants have'
      throw new RegistryError('version_in_use', `${installed} ${tenants} ${pluginId}@${version} installed.`)
    }
    await buryVersion(trx, { plugin_id: pluginId, version, digest, reason, deleted_by: by, deleted_at: at })
    await refreshPlugin(trx, pluginId, at)
    await appendEvent(trx, { type: 'version.deleted', actor: by, at, pluginId, version, data: { reason } })
  })
  act.log.warn({ pluginId, version, by, reason }, 'version deleted')
}

async function change(
  world: World,
  act: Withdrawal,
  permission: ManagePermission,
  write: (trx: Trx, row: StoredVersionRow, at: string) => Promise<void>,
): Promise<void> {
  const at = world.now().toISOString()
  await world.db.transaction().execute(async (trx) => {
    await lockManaged(trx, act, permission)
    await write(trx, await existing(trx, act), at)
  })
  dropListings(world, act.pluginId)
}

async function existing(db: Db, { pluginId, version }: Withdrawal): Promise<StoredVersionRow> {
  const row = await findVersion(db, pluginId, version)
  if (!row) throw new RegistryError('version_not_found', `${pluginId} has no version ${version}.`)
  return row
}
