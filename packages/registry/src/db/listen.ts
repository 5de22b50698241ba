import type { DatabaseLocation } from '../config.ts'
import type { Ears, Listening } from './announcement.ts'
import { listenPostgres } from './postgres/listen-postgres.ts'
import { listenSqlite } from './sqlite/listen-sqlite.ts'
import type { Db } from './tables.ts'

/** Hears what is announced on this database until it is stopped. A lost connection is made again. */
export function listen(db: Db, location: DatabaseLocation, ears: Ears): Listening {
  return location.engine === 'postgres' ? listenPostgres(location.url, ears) : listenSqlite(db, ears)
}
