import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'
import type { Tables } from '../tables.ts'

/** How long a statement waits for another process's write, in milliseconds. */
const busyTimeout = 10_000

/** Opens a SQLite file, in WAL mode and with every commit on disk before it is acknowledged. */
export function connectSqlite(path: string): Kysely<Tables> {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const database = new Database(path, { timeout: busyTimeout })
  try {
    enterWal(database)
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
  } catch (error) {
    database.close()
    throw error
  }
  return new Kysely<Tables>({ dialect: new Dialect({ database: withKeptStatements(database) }) })
}

/** A new file changes its mode once; of two processes that do so at once, one is refused without any waiting. */
function enterWal(database: Database.Database): void {
  const until = Date.now() + busyTimeout
  for (;;) {
    try {
      database.pragma('journal_mode = WAL')
      return
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
      if (!busy || Date.now() > until) throw error
      Atomics.wait(pause, 0, 0, 20)
    }
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4))

/** Far more than there are different statements; lists of different lengths make some more. */
const mostStatements = 500

/** Kysely prepares each statement anew, which for a search costs as much as running it. */
function withKeptStatements(database: Database.Database): SqliteDatabase {
  const kept = new Map<string, Database.Statement>()
  return {
    prepare(sql) {
      const found = kept.get(sql)
      if (found) return found
      const statement = database.prepare(sql)
      const [oldest] = kept.keys()
      if (kept.size >= mostStatements && oldest !== undefined) kept.delete(oldest)
      kept.set(sql, statement)
      return statement
    },
    close: () => database.close(),
  }
}

class Dialect extends SqliteDialect {
  readonly #config: { database: SqliteDatabase }

  constructor(config: { database: SqliteDatabase }) {
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config)
  }
}

/**
 * Our transactions all write. One that began by reading could not wait for another process's write: SQLite refuses it
 * at once, since what it read is old by then.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** On a full disk SQLite rolls back by itself; what is thrown has to be that the disk is full. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection)
    } catch (error) {
      if (!(error instanceof Database.SqliteError && error.message.includes('no transaction is active'))) throw error
    }
  }
}
