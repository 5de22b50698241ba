import { type ManagePermission, manageRefusal } from '../auth/policy.ts'
import type { Principal } from '../auth/principal.ts'
import type { Db, Trx } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { ownersOf } from './owner-store.ts'
import { lockPlugin } from './plugin-store.ts'
import { noPlugin, requireVisible } from './require-visible.ts'

/** Whose plugin is to be changed or looked into, and by whom. */
export interface ManageAct {
  readonly pluginId: string
  readonly principal: Principal
}

/** Throws `plugin_not_found`, or `not_owner` for those who may not manage it. */
export async function requireManaged(
  db: Db,
  { pluginId, principal }: ManageAct,
  permission?: ManagePermission,
): Promise<string[]> {
  await requireVisible(db, pluginId, principal)
  const owners = await ownersOf(db, pluginId)
  if (owners.length === 0) throw noPlugin(pluginId)
  const refused = manageRefusal(principal, pluginId, owners, permission)
  if (refused) throw new RegistryError(refused.code, refused.detail)
  return owners
}

/** The same, and holds the plugin's row until the transaction ends: what changes one plugin takes turns. */
export async function lockManaged(trx: Trx, act: ManageAct, permission?: ManagePermission): Promise<string[]> {
  await lockPlugin(trx, act.pluginId)
  return requireManaged(trx, act, permission)
}
