import type { Engine } from '../engine.ts'
import * as searchMigration from './0002-postgres-search.ts'
import { poolOf } from './connect-postgres.ts'
import { continueAfter, describeTables, lastNumber } from './describe-postgres.ts'
import { drawFromBucketInPostgres, forgetBucketsInPostgres } from './draw-from-bucket-postgres.ts'
import { announceInPostgres } from './listen-postgres.ts'
import { lockPostgres } from './lock-postgres.ts'
import { indexPlugin, removeFromIndex, searchIndex } from './postgres-search.ts'
import { inSnapshot } from './snapshot-postgres.ts'
import { takeTurnInPostgres } from './take-turn-postgres.ts'

export const postgresEngine: Engine = {
  searchMigration,
  lockForMigration: lockPostgres,
  takeTurn: takeTurnInPostgres,
  drawFromBucket: drawFromBucketInPostgres,
  forgetBuckets: forgetBucketsInPostgres,
  announce: announceInPostgres,
  inSnapshot,
  describeTables,
  lastNumber,
  continueAfter,
  poolOf,
  indexPlugin,
  removeFromIndex,
  searchIndex,
}
