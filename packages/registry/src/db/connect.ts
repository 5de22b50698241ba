import type { DatabaseLocation } from '../config.ts'
import { connectSqlite } from './sqlite/connect-sqlite.ts'
import type { Db } from './tables.ts'

/** Opens the database that the settings name. Features never ask which engine it is. */
export function connect(location: DatabaseLocation): Db {
  return connectSqlite(location.path)
}
