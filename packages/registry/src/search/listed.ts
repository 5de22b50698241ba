import type { Db } from '../db/tables.ts'
import { type Viewer, visibleTo } from '../plugins/visibility.ts'

/** Tag of the kept lists of what is trending: dropped where a plugin ceases to be seen or advised. */
export const trendingTag = 'trending'

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
