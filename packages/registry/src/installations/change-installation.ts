import type { HistoryAction, Installation } from '@plexica/api'
import type { Finding } from '@plexica/manifest-schema'
import type { Logger } from 'pino'
import { type Principal, subjectOf } from '../auth/principal.ts'
import type { InstallationRow, Trx } from '../db/tables.ts'
import { appendEvent } from '../events/append-event.ts'
import { RegistryError } from '../http/registry-error.ts'
import { lockPlugin } from '../plugins/plugin-store.ts'
import { lockTenant } from '../tenants/tenant-store.ts'
import type { World } from '../world.ts'
import { forgetOldStates, insertHistory } from './history-store.ts'
import { findInstallation, type InstalledVersionRow } from './installation-store.ts'
import { installationView } from './installation-view.ts'

/** Which tenant's plugin is to be changed, and by whom. */
export interface InstallationAct {
  readonly tenantId: string
  readonly pluginId: string
  readonly principal: Principal
  readonly log: Logger
}

/** What was done to an installation, for its history and those who follow. */
export interface Change {
  readonly action: HistoryAction
  /** The version that the tenant has now; of one that was uninstalled, had. */
  readonly version: string
  readonly previousVersion?: string
  /** Names of settings. */
  readonly changed?: readonly string[]
  /** What an update leaves, so that it can be undone. */
  readonly left?: Pick<InstallationRow, 'configuration' | 'secrets' | 'granted_permissions'>
  /** What those who follow are told beside that. */
  readonly told?: Readonly<Record<string, unknown>>
  /** What whoever did it should know. */
  readonly findings?: readonly Finding[]
}

/**
 * Changes what a tenant has, with its history and its event, all or nothing. Whoever changes the plugin or any plugin of
 * the tenant waits, so that what `write` reads of either is still so when it is committed.
 * @param write gives the change, or undefined when all is as it should be already.
 */
export async function changeInstallations(
  world: World,
  act: InstallationAct,
  write: (trx: Trx, at: string) => Promise<Change | undefined>,
): Promise<void> {
  const { tenantId, pluginId, principal } = act
  const at = world.now().toISOString()
  const change = await world.db.transaction().execute(async (trx) => {
    await lockPlugin(trx, pluginId)
    await lockTenant(trx, tenantId)
    const made = await write(trx, at)
    if (made) await record(trx, act, made, at)
    return made
  })
  if (!change) return
  const { action, version } = change
  if (action === 'installed' || action === 'uninstalled') world.ready.drop(`plugin:${pluginId}`)
  act.log.info({ tenantId, pluginId, version, by: subjectOf(principal) }, `plugin ${action}`)
}

/** The same for a plugin that the tenant has; answers with what it has afterwards. */
export async function changeInstallation(
  world: World,
  act: InstallationAct,
  write: (trx: Trx, row: InstalledVersionRow, at: string) => Promise<Change | undefined>,
): Promise<Installation> {
  const { tenantId, pluginId } = act
  let after: InstalledVersionRow | undefined
  let findings: readonly Finding[] = []
  await changeInstallations(world, act, async (trx, at) => {
    const change = await write(trx, await requireInstallation(trx, act), at)
    after = await findInstallation(trx, tenantId, pluginId)
    findings = change?.findings ?? []
    return change
  })
  if (!after) throw notInstalled(act)
  const installation = installationView(world, after)
  return { ...installation, findings: [...installation.findings, ...findings] }
}

export async function requireInstallation(
  trx: Trx,
  act: Pick<InstallationAct, 'tenantId' | 'pluginId'>,
): Promise<InstalledVersionRow> {
  const row = await findInstallation(trx, act.tenantId, act.pluginId)
  if (!row) throw notInstalled(act)
  return row
}

export function notInstalled({ tenantId, pluginId }: Pick<InstallationAct, 'tenantId' | 'pluginId'>): RegistryError {
  return new RegistryError('installation_not_found', `The tenant ${tenantId} does not have ${pluginId} installed.`)
}

async function record(trx: Trx, act: InstallationAct, change: Change, at: string): Promise<void> {
  const { tenantId, pluginId, principal } = act
  const { action, version, previousVersion, changed = [], left, told } = change
  const actor = subjectOf(principal)
  await insertHistory(trx, {
    tenant_id: tenantId,
    plugin_id: pluginId,
    action,
    version,
    previous_version: previousVersion ?? null,
    actor,
    happened_at: at,
    changed: JSON.stringify(changed),
    left_configuration: left?.configuration ?? null,
    left_secrets: left?.secrets ?? null,
    left_permissions: left?.granted_permissions ?? null,
  })
  if (left) await forgetOldStates(trx, tenantId, pluginId)
  const data = {
    ...(previousVersion === undefined ? {} : { previousVersion }),
    ...(changed.length === 0 ? {} : { changed }),
    ...told,
  }
  await appendEvent(trx, { type: `installation.${action}`, actor, at, pluginId, version, tenantId, data })
}
