import type { DatabaseLocation } from '../config.ts'
import { connectPostgres } from './postgres/connect-postgres.ts'
import { connectSqlite } from './sqlite/connect-sqlite.ts'
import type { Db } from './tables.ts'

/** Opens the database that the settings name. Features never ask which engine it is. */
export function connect(location: DatabaseLocation): Db {
  return location.engine === 'postgres' ? connectPostgres(location.url) : connectSqlite(location.path)
}
