import type { ChannelRow, Db, Trx } from '../db/tables.ts'
import { mostChannels } from './channels.ts'

/** The channels of a plugin that somebody has set. */
export async function setChannelsOf(db: Db, pluginId: string): Promise<ChannelRow[]> {
  return db
    .selectFrom('channels')
    .selectAll()
    .where('plugin_id', '=', pluginId)
    .orderBy('channel')
    .limit(mostChannels)
    .execute()
}

export async function putChannel(trx: Trx, row: ChannelRow): Promise<void> {
  const { version, set_by, set_at } = row
  await trx
    .insertInto('channels')
    .values(row)
    .onConflict((conflict) => conflict.columns(['plugin_id', 'channel']).doUpdateSet({ version, set_by, set_at }))
    .execute()
}

/** False when there was none. */
export async function removeChannel(trx: Trx, pluginId: string, channel: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('channels')
    .where('plugin_id', '=', pluginId)
    .where('channel', '=', channel)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
