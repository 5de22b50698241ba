import type { Manifest } from '@plexica/manifest-schema'
import type { Migration } from 'kysely/migration'
import type { SearchQuery, SearchResult } from './search-index.ts'
import type { Db, Trx } from './tables.ts'

/** A table whose rows are read in the order of their numbers. */
export type Queue = 'events' | 'audit'

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
  indexPlugin(trx: Trx, manifest: Manifest, about: { isPublic: boolean }): Promise<void>
  removeFromIndex(trx: Trx, pluginId: string): Promise<void>
  searchIndex(db: Db, query: SearchQuery): Promise<SearchResult>
}
