import { isDeepStrictEqual } from 'node:util'
import type { PluginSettings, Visibility } from '@plexica/api'
import type { Logger } from 'pino'
import { isSuperAdmin, type Principal, subjectOf } from '../auth/principal.ts'
import { requireSigningKey } from '../bundles/bundle-urls.ts'
import type { Db, Trx } from '../db/tables.ts'
import { appendEvent } from '../events/append-event.ts'
import { RegistryError } from '../http/registry-error.ts'
import { requestFinding } from '../http/request-finding.ts'
import { dropListings } from '../search/listed.ts'
import { unknownTenants } from '../tenants/tenant-store.ts'
import type { World } from '../world.ts'
import { findPluginRow } from './plugin-store.ts'
import { replaceTenants, setVisibility, tenantsOf, tenantsWithoutGrant } from './plugin-tenant-store.ts'
import { refreshPlugin } from './refresh-plugin.ts'
import { lockManaged, type ManageAct } from './require-managed.ts'
import { noPlugin } from './require-visible.ts'

export interface PluginChange extends ManageAct {
  readonly visibility?: Visibility
  /** All that it is granted to from now on. */
  readonly tenants?: readonly string[]
  readonly log: Logger
}

/** Findings about tenants in one answer. */
const mostNamed = 50

/**
 * Changes what is a plugin's own. A private one is always granted to every tenant that has it installed: what would take
 * it from one of them is refused.
 */
export async function changePlugin(world: World, act: PluginChange): Promise<PluginSettings> {
  const { pluginId, visibility, tenants, principal } = act
  if (visibility === 'private') requireSigningKey(world)
  const by = subjectOf(principal)
  const at = world.now().toISOString()
  const settings = await world.db.transaction().execute(async (trx) => {
    await lockManaged(trx, act)
    const before = await settingsOf(trx, pluginId)
    if (tenants) {
      await requireTenants(trx, tenants)
      await replaceTenants(trx, pluginId, tenants, { granted_by: by, granted_at: at })
    }
    if (visibility) await setVisibility(trx, pluginId, visibility)
    const after = await settingsOf(trx, pluginId)
    if (after.visibility === 'private') await requireGrants(trx, pluginId, principal)
    await refreshPlugin(trx, pluginId, at)
    if (!isDeepStrictEqual(before, after)) {
      const data = { visibility: after.visibility }
      await appendEvent(trx, { type: 'plugin.changed', actor: by, at, pluginId, data })
    }
    return after
  })
  dropListings(world, pluginId)
  act.log.info({ pluginId, by, visibility: settings.visibility, tenants: settings.tenants.length }, 'plugin changed')
  return settings
}

/** What is a plugin’s own, for those who manage it. */
export async function settingsOf(db: Db, pluginId: string): Promise<PluginSettings> {
  const row = await findPluginRow(db, pluginId)
  if (!row) throw noPlugin(pluginId)
  return { id: pluginId, visibility: row.visibility as Visibility, tenants: await tenantsOf(db, pluginId) }
}

async function requireTenants(trx: Trx, tenants: readonly string[]): Promise<void> {
  const unknown = await unknownTenants(trx, tenants)
  if (unknown.length === 0) return
  const findings = unknown
    .slice(0, mostNamed)
    .map((id) => requestFinding(`body.tenants.${tenants.indexOf(id)}`, `There is no tenant ${id}.`, 'Check its id.'))
  throw new RegistryError('request_invalid', findings[0]?.message, { findings })
}

/** Which tenants have a plugin is nobody's business but super-admins'; its owners read how many. */
async function requireGrants(trx: Trx, pluginId: string, principal: Principal): Promise<void> {
  const { tenants, total } = await tenantsWithoutGrant(trx, pluginId, { take: mostNamed })
  if (total === 0) return
  const detail =
    total === 1
      ? `1 tenant has ${pluginId} installed and is not granted it.`
      : `${total} tenants have ${pluginId} installed and are not granted it.`
  const fix = 'Grant it to the tenant too, or have the tenant uninstall it first.'
  const findings = isSuperAdmin(principal)
    ? tenants.map((id) => requestFinding('body.tenants', `The tenant ${id} has ${pluginId} installed.`, fix))
    : []
  throw new RegistryError('tenants_not_granted', detail, { findings })
}
