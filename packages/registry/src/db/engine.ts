import type { Manifest } from '@plexica/manifest-schema'
import type { Migration } from 'kysely/migration'
import type { SearchQuery, SearchResult } from './search-index.ts'
import type { TableShape } from './table-shape.ts'
import type { Db, Trx } from './tables.ts'

/** A table whose rows are read in the order of their numbers. */
export type Queue = 'events' | 'audit'

export interface ConnectionPool {
  readonly open: number
  readonly idle: number
  /** Requests that wait for a connection. */
  readonly waiting: number
}

/** What each engine does in its own way. Everything else is SQL that both understand. */
export interface Engine {
  /** The migration that makes the full-text index. */
  readonly searchMigration: Migration
  /** Runs the work in one transaction while no other process migrates. */
  lockForMigration<Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result>
  /** Lets this transaction alone write to a queue until it ends, so that its numbers become readable in their order. */
  takeTurn(trx: Trx, queue: Queue): Promise<void>
  /**
   * Takes from a bucket that fills evenly. Gives 0, or how long it takes until there is enough in it; then nothing was
   * taken. All in milliseconds of filling: what is wanted, and what fits in.
   */
  drawFromBucket(db: Db, bucket: string, amount: { cost: number; full: number }): Promise<number>
  /** Forgets buckets that are full. */
  forgetBuckets(db: Db): Promise<void>
  /** Tells all who listen on this database, in every process, when the transaction commits. At most `mostAnnounced` bytes. */
  announce(db: Db, text: string): Promise<void>
  /** Runs the work on a connection that sees all rows as they are at one moment, while others write. */
  inSnapshot<Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result>
  /** Every table that migrations have made, those of the search index apart: it is made again from the others. */
  describeTables(db: Db): Promise<TableShape[]>
  /** The last number that was given out in a table with numbers; 0 when none was. */
  lastNumber(db: Db, table: string, column: string): Promise<number>
  /** The next number is the one after this, also where rows were inserted with numbers of their own. */
  continueAfter(db: Db, table: string, column: string, last: number): Promise<void>
  /** Connections of this process; undefined where there is a single one. */
  poolOf(db: Db): ConnectionPool | undefined
  indexPlugin(trx: Trx, manifest: Manifest, about: { isPublic: boolean }): Promise<void>
  removeFromIndex(trx: Trx, pluginId: string): Promise<void>
  searchIndex(db: Db, query: SearchQuery): Promise<SearchResult>
}
