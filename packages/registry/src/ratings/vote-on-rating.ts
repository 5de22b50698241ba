import type { RatingVote } from '@plexica/api'
import type { RatingRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { ownersOf } from '../plugins/owner-store.ts'
import type { World } from '../world.ts'
import { voterOf } from './rating-policy.ts'
import { castVote } from './rating-store.ts'
import { type RatingAct, requireRating } from './require-rating.ts'

/** Counts one person once, whatever they say how often. */
export async function voteOnRating(world: World, act: RatingAct & { readonly vote: RatingVote }): Promise<RatingRow> {
  const at = world.now().toISOString()
  return world.db.transaction().execute(async (trx) => {
    const row = await requireRating(trx, act)
    const voter = voterOf(act.principal, row, await ownersOf(trx, act.pluginId))
    if (voter.refused) throw new RegistryError(voter.refused.code, voter.refused.detail)
    return castVote(trx, row.id, voter.member, { vote: act.vote, at })
  })
}
