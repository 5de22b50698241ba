import type { Db } from '../db/tables.ts'
import { type Viewer, visibleTo } from '../plugins/visibility.ts'
import type { World } from '../world.ts'

/** Tag of the kept lists of what is trending. */
export const trendingTag = 'trending'

/** Drops what is kept of a plugin and the lists that show it: when it is seen or advised no more, or is so again. */
export function dropListings({ ready }: Pick<World, 'ready'>, pluginId: string): void {
  ready.drop(`plugin:${pluginId}`)
  ready.drop(trendingTag)
}

/** For whom a list is made. */
export interface Audience {
  readonly viewer: Viewer
  /** Plugins in the list, at most. */
  readonly take: number
}

/**
 * The plugins that suggestions and recommendations choose from: given out, seen by whom the list is for, and nobody advises
 * against them.
 */
export function listed(db: Db, { viewer }: Audience) {
  return db
    .selectFrom('plugins')
    .where('plugins.published_at', 'is not', null)
    .where('plugins.deprecated_at', 'is', null)
    .where(visibleTo(viewer))
}
