import type { Principal } from '../auth/principal.ts'
import type { RatingRow, Trx } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { lockPlugin } from '../plugins/plugin-store.ts'
import { requirePlugin } from '../plugins/require-visible.ts'
import { isModerator } from './rating-policy.ts'
import { lockRating } from './rating-store.ts'

/** What an address under `/api/plugins/:pluginId/ratings` names, and who asks. */
export interface RatingAct {
  readonly pluginId: string
  readonly ratingId: string
  readonly principal: Principal
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

export function noRating(ratingId: string): RegistryError {
  return new RegistryError('rating_not_found', `There is no rating ${ratingId}.`)
}
