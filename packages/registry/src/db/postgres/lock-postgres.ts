import { type Kysely, sql } from 'kysely'

/** Names our lock among those of the database: "plexica" in ASCII. */
const lock = '31644380459262817'

/**
 * Runs the work while no other process of ours does the same, and undoes all of it when it fails. The lock goes with
 * the transaction: a process that dies keeps nobody waiting.
 */
export async function lockPostgres<T, Result>(
  db: Kysely<T>,
  work: (db: Kysely<T>) => Promise<Result>,
): Promise<Result> {
  return db.connection().execute(async (connection) => {
    await sql`begin`.execute(connection)
    try {
      // Another process's migration, and an index on many rows, may take longer than a request's
      // statement, and rows that come from elsewhere may be slow in coming.
      await sql`set local statement_timeout = 0`.execute(connection)
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(connection)
      await sql`select pg_advisory_xact_lock(${sql.raw(lock)})`.execute(connection)
      const result = await work(connection)
      await sql`commit`.execute(connection)
      return result
    } catch (error) {
      await sql`rollback`.execute(connection)
      throw error
    }
  })
}
