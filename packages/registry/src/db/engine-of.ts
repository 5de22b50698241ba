import { PostgresAdapter } from 'kysely'
import type { Engine } from './engine.ts'
import { postgresEngine } from './postgres/postgres-engine.ts'
import { sqliteEngine } from './sqlite/sqlite-engine.ts'
import type { Db } from './tables.ts'

/** The engine behind a connection or a transaction. Asked here, inside `db`, and by no feature. */
export function engineOf(db: Db): Engine {
  return db.getExecutor().adapter instanceof PostgresAdapter ? postgresEngine : sqliteEngine
}
