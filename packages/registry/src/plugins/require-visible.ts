import type { Principal } from '../auth/principal.ts'
import type { Db } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { type Viewer, viewerOf, visibleTo } from './visibility.ts'

/** Whether there is such a plugin for this viewer, published or not. */
export async function isVisible(db: Db, pluginId: string, viewer: Viewer): Promise<boolean> {
  const row = await db
    .selectFrom('plugins')
    .select('id')
    .where('plugins.id', '=', pluginId)
    .where(visibleTo(viewer))
    .executeTakeFirst()
  return row !== undefined
}

/** Throws `plugin_not_found` for a private plugin that is none of this person's, as for one that was never there. */
export async function requireVisible(db: Db, pluginId: string, principal: Principal): Promise<void> {
  if (await isVisible(db, pluginId, viewerOf(principal))) return
  throw new RegistryError('plugin_not_found', `There is no plugin ${pluginId}.`)
}
