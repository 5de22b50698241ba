import type { Principal } from '../auth/principal.ts'
import type { Db } from '../db/tables.ts'

/** For whom a list is made. */
export interface Audience {
  readonly principal: Principal
  /** Plugins in the list, at most. */
  readonly take: number
}

/** The plugins that suggestions and recommendations choose from: given out, and nobody advises against them. */
export function listed(db: Db, _audience: Audience) {
  return db
    .selectFrom('plugins')
    .where('plugins.published_at', 'is not', null)
    .where('plugins.deprecated_at', 'is', null)
}
