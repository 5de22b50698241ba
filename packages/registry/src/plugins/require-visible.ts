import { seesDrafts } from '../auth/policy.ts'
import type { Principal } from '../auth/principal.ts'
import type { Db } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { ownersOf } from './owner-store.ts'
import { wasPublished } from './plugin-status.ts'
import { type Viewer, viewerOf, visibleTo } from './visibility.ts'

/** Whether there is such a plugin for this viewer, published or not. */
export async function isVisible(db: Db, pluginId: string, viewer: Viewer): Promise<boolean> {
  return (await visibleStatus(db, pluginId, viewer)) !== undefined
}

/** Throws `plugin_not_found` for a private plugin that is none of this person's, as for one that was never there. */
export async function requireVisible(db: Db, pluginId: string, principal: Principal): Promise<void> {
  if (await isVisible(db, pluginId, viewerOf(principal))) return
  throw noPlugin(pluginId)
}

/** The same for what has never been published, which its owners alone see. */
export async function requirePlugin(db: Db, pluginId: string, principal: Principal): Promise<void> {
  const status = await visibleStatus(db, pluginId, viewerOf(principal))
  if (wasPublished(status)) return
  const isSeen = status !== undefined && seesDrafts(principal, await ownersOf(db, pluginId), pluginId)
  if (!isSeen) throw noPlugin(pluginId)
}

/** In the same words whatever the reason. */
export function noPlugin(pluginId: string): RegistryError {
  return new RegistryError('plugin_not_found', `There is no plugin ${pluginId}.`)
}

async function visibleStatus(db: Db, pluginId: string, viewer: Viewer): Promise<string | undefined> {
  const row = await db
    .selectFrom('plugins')
    .select('status')
    .where('plugins.id', '=', pluginId)
    .where(visibleTo(viewer))
    .executeTakeFirst()
  return row?.status
}
