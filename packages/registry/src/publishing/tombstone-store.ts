import type { Db, TombstoneRow, Trx } from '../db/tables.ts'

/** What is left of a version that was deleted: its number, which is never used again. */
export async function findTombstone(db: Db, pluginId: string, version: string): Promise<TombstoneRow | undefined> {
  return db
    .selectFrom('tombstones')
    .selectAll()
    .where('plugin_id', '=', pluginId)
    .where('version', '=', version)
    .executeTakeFirst()
}

export async function insertTombstone(trx: Trx, row: TombstoneRow): Promise<void> {
  await trx.insertInto('tombstones').values(row).execute()
}
