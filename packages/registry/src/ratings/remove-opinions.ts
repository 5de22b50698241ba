import type { Trx } from '../db/tables.ts'
import { recountRatings, recountVotes } from './rating-store.ts'

/**
 * Removes what somebody has rated and voted of a plugin, in whichever tenant, and recounts: owners have no say in how
 * their plugin is seen. The plugin's row has to be locked.
 */
export async function removeOpinionsOf(trx: Trx, pluginId: string, subject: string): Promise<void> {
  await trx.deleteFrom('ratings').where('plugin_id', '=', pluginId).where('subject', '=', subject).execute()
  await recountRatings(trx, pluginId)
  const voted = await trx
    .deleteFrom('rating_votes')
    .where('subject', '=', subject)
    .where('rating_id', 'in', (eb) => eb.selectFrom('ratings').select('id').where('plugin_id', '=', pluginId))
    .returning('rating_id')
    .execute()
  for (const { rating_id } of voted) await recountVotes(trx, rating_id)
}
