import type { Logger } from 'pino'
import { subjectOf } from '../auth/principal.ts'
import { appendEvent } from '../events/append-event.ts'
import { RegistryError } from '../http/registry-error.ts'
import { buryVersion } from '../publishing/bury-version.ts'
import { versionsOf } from '../publishing/version-store.ts'
import { deleteRatingsOf } from '../ratings/rating-store.ts'
import { dropListings } from '../search/listed.ts'
import type { World } from '../world.ts'
import { setDeprecation } from './plugin-store.ts'
import { countTenantsWith, replaceTenants } from './plugin-tenant-store.ts'
import { refreshPlugin } from './refresh-plugin.ts'
import { lockManaged, type ManageAct } from './require-managed.ts'
import { noPlugin } from './require-visible.ts'

/**
 * Deletes every version of a plugin and what was said of it. What is left are its numbers, which take no bytes any more,
 * and its id, which stays its owners'. The blobs go with the next sweep.
 */
export async function deletePlugin(
  world: World,
  act: ManageAct & { readonly reason: string; readonly log: Logger },
): Promise<void> {
  const { pluginId, reason } = act
  const by = subjectOf(act.principal)
  const at = world.now().toISOString()
  await world.db.transaction().execute(async (trx) => {
    await lockManaged(trx, act, 'version:delete')
    const versions = await versionsOf(trx, pluginId)
    if (versions.length === 0) throw noPlugin(pluginId)
    const installed = await countTenantsWith(trx, pluginId)
    if (installed > 0) {
      const tenants = installed === 1 ? 'tenant has' : 'tenants have'
      throw new RegistryError('plugin_in_use', `${installed} ${tenants} ${pluginId} installed.`)
    }
    for (const { version, digest } of versions) {
      await buryVersion(trx, { plugin_id: pluginId, version, digest, reason, deleted_by: by, deleted_at: at })
    }
    await deleteRatingsOf(trx, pluginId)
    await replaceTenants(trx, pluginId, [], { granted_by: by, granted_at: at })
    await setDeprecation(trx, pluginId, { reason: null, successor: null, at: null, by: null })
    await refreshPlugin(trx, pluginId, at)
    await appendEvent(trx, { type: 'plugin.deleted', actor: by, at, pluginId, data: { reason } })
  })
  dropListings(world, pluginId)
  act.log.warn({ pluginId, by, reason }, 'plugin deleted')
}
