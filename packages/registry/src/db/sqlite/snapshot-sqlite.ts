import { sql } from 'kysely'
import type { Db } from '../tables.ts'

/** In WAL mode a transaction that only reads sees the file as it was at its first statement, and stops nobody. */
export async function inSnapshot<Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result> {
  return db.connection().execute(async (connection) => {
    await sql`begin`.execute(connection)
    try {
      return await work(connection)
    } finally {
      await sql`rollback`.execute(connection)
    }
  })
}
