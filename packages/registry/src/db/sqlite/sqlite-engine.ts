import type { Engine } from '../engine.ts'
import * as searchMigration from './0002-sqlite-search.ts'
import { lockSqlite } from './lock-sqlite.ts'
import { indexPlugin, removeFromIndex, searchIndex } from './sqlite-search.ts'

export const sqliteEngine: Engine = {
  searchMigration,
  lockForMigration: lockSqlite,
  indexPlugin,
  removeFromIndex,
  searchIndex,
}
