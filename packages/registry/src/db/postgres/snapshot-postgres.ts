import { sql } from 'kysely'
import type { Db } from '../tables.ts'

export async function inSnapshot<Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result> {
  return db.connection().execute(async (connection) => {
    await sql`begin isolation level repeatable read read only`.execute(connection)
    try {
      // Whoever takes the rows may be slower than a request.
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(connection)
      return await work(connection)
    } finally {
      await sql`rollback`.execute(connection)
    }
  })
}
