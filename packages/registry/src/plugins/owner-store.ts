import type { Db, Tables, Trx } from '../db/tables.ts'

export type OwnerRow = Pick<Tables['plugin_owners'], 'subject' | 'added_at'>

/** The longest first. */
export async function ownerRowsOf(db: Db, pluginId: string): Promise<OwnerRow[]> {
  return db
    .selectFrom('plugin_owners')
    .select(['subject', 'added_at'])
    .where('plugin_id', '=', pluginId)
    .orderBy('added_at')
    .orderBy('subject')
    .execute()
}

export async function ownersOf(db: Db, pluginId: string): Promise<string[]> {
  const rows = await ownerRowsOf(db, pluginId)
  return rows.map(({ subject }) => subject)
}

export async function deleteOwner(trx: Trx, pluginId: string, subject: string): Promise<void> {
  await trx.deleteFrom('plugin_owners').where('plugin_id', '=', pluginId).where('subject', '=', subject).execute()
}

export async function addOwner(trx: Trx, pluginId: string, subject: string, at: string): Promise<void> {
  await trx
    .insertInto('plugin_owners')
    .values({ plugin_id: pluginId, subject, added_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
