import type { Db } from '../db/tables.ts'
import { deleteEndedSessions } from './session-store.ts'
import { deleteExpired } from './trust-store.ts'

/** Milliseconds for which a pipeline's key is still told that it has expired, and a token that it was used. */
const keepFor = 24 * 3_600_000

/** Pipelines make a key for each run: what has ended a day ago is forgotten, and sessions that are over. */
export async function forgetExpired(db: Db, now: Date): Promise<void> {
  const before = new Date(now.valueOf() - keepFor).toISOString()
  await db.transaction().execute(async (trx) => {
    await deleteEndedSessions(trx, now.toISOString())
    await deleteExpired(trx, before)
  })
}
