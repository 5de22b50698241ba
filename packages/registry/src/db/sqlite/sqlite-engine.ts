import type { Engine } from '../engine.ts'
import * as searchMigration from './0002-sqlite-search.ts'
import { continueAfter, describeTables, lastNumber } from './describe-sqlite.ts'
import { drawFromBucketInMemory, forgetBucketsInMemory } from './draw-from-bucket-sqlite.ts'
import { announceInSqlite } from './listen-sqlite.ts'
import { lockSqlite } from './lock-sqlite.ts'
import { inSnapshot } from './snapshot-sqlite.ts'
import { indexPlugin, removeFromIndex, searchIndex } from './sqlite-search.ts'
import { takeTurnInSqlite } from './take-turn-sqlite.ts'

export const sqliteEngine: Engine = {
  searchMigration,
  lockForMigration: lockSqlite,
  takeTurn: takeTurnInSqlite,
  drawFromBucket: drawFromBucketInMemory,
  forgetBuckets: forgetBucketsInMemory,
  announce: announceInSqlite,
  inSnapshot,
  describeTables,
  lastNumber,
  continueAfter,
  poolOf: () => undefined,
  indexPlugin,
  removeFromIndex,
  searchIndex,
}
