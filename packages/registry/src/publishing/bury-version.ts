import type { TombstoneRow, Trx } from '../db/tables.ts'
import { insertTombstone } from './tombstone-store.ts'
import { deleteVersionRow } from './version-store.ts'

/** Deletes a version's row and keeps its number taken. `refreshPlugin` has to follow in the same transaction. */
export async function buryVersion(trx: Trx, tombstone: TombstoneRow): Promise<void> {
  await insertTombstone(trx, tombstone)
  await deleteVersionRow(trx, tombstone.plugin_id, tombstone.version)
}
