import { seesDrafts } from '../auth/policy.ts'
import type { Principal } from '../auth/principal.ts'
import type { Db, RatingRow, Trx } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { ownersOf } from '../plugins/owner-store.ts'
import { wasPublished } from '../plugins/plugin-status.ts'
import { lockPlugin } from '../plugins/plugin-store.ts'
import { viewerOf, visibleTo } from '../plugins/visibility.ts'
import { isModerator } from './rating-policy.ts'
import { lockRating } from './rating-store.ts'

/** What an address under `/api/plugins/:pluginId/ratings` names, and who asks. */
export interface RatingAct {
  readonly pluginId: string
  readonly ratingId: string
  readonly principal: Principal
}

/** Throws `plugin_not_found` for a plugin that this reader does not see. */
export async function requirePlugin(db: Db, pluginId: string, reader: Principal): Promise<void> {
  const row = await db
    .selectFrom('plugins')
    .select('status')
    .where('id', '=', pluginId)
    .where(visibleTo(viewerOf(reader)))
    .executeTakeFirst()
  if (wasPublished(row?.status)) return
  if (!row || !seesDrafts(reader, await ownersOf(db, pluginId), pluginId)) throw noPlugin(pluginId)
}

/**
 * A rating that shows, or to a moderator any, held until the transaction ends, and its plugin before it: who owns that
 * stays so. Throws `rating_not_found`.
 */
export async function requireRating(trx: Trx, { pluginId, ratingId, principal }: RatingAct): Promise<RatingRow> {
  await lockPlugin(trx, pluginId)
  await requirePlugin(trx, pluginId, principal)
  const row = await lockRating(trx, pluginId, ratingId)
  if (!row || (row.hidden_at !== null && !isModerator(principal, pluginId))) throw noRating(ratingId)
  return row
}

export function noPlugin(pluginId: string): RegistryError {
  return new RegistryError('plugin_not_found', `There is no plugin ${pluginId}.`)
}

export function noRating(ratingId: string): RegistryError {
  return new RegistryError('rating_not_found', `There is no rating ${ratingId}.`)
}
