import type { Db, Trx } from '../db/tables.ts'

export async function ownersOf(db: Db, pluginId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('plugin_owners')
    .select('subject')
    .where('plugin_id', '=', pluginId)
    .orderBy('added_at')
    .orderBy('subject')
    .execute()
  return rows.map(({ subject }) => subject)
}

export async function addOwner(trx: Trx, pluginId: string, subject: string, at: string): Promise<void> {
  await trx
    .insertInto('plugin_owners')
    .values({ plugin_id: pluginId, subject, added_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
