import { type Kysely, sql } from 'kysely'

/**
 * Runs the work while no other process writes, and undoes all of it when it fails. Kysely's migrator takes no lock on
 * SQLite and runs each statement by itself.
 */
export async function lockSqlite<T, Result>(db: Kysely<T>, work: (db: Kysely<T>) => Promise<Result>): Promise<Result> {
  return db.connection().execute(async (connection) => {
    await sql`begin immediate`.execute(connection)
    try {
      const result = await work(connection)
      await sql`commit`.execute(connection)
      return result
    } catch (error) {
      await sql`rollback`.execute(connection)
      throw error
    }
  })
}
