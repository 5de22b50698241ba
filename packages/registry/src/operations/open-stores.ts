import type { BlobStore } from '../blobs/blob-store.ts'
import type { Config } from '../config.ts'
import { doneMigrations, unknownMigrations } from '../db/migrate.ts'
import type { Db } from '../db/tables.ts'
import { cannotOpenDatabase, openBlobStore, openDatabase } from '../open-world.ts'

/** Where a registry keeps everything. */
export interface Stores {
  readonly db: Db
  readonly blobs: BlobStore
}

/**
 * Opens database and blob store as they are, without bringing the schema up to date: what only reads must not change
 * anything. Throws `CannotOpen`, with nothing left open.
 */
export async function withStores<T>(
  { database, storage }: Pick<Config, 'database' | 'storage'>,
  act: (stores: Stores) => Promise<T>,
): Promise<T> {
  const blobs = await openBlobStore(storage)
  const db = openDatabase(database)
  try {
    return await act({ db, blobs })
  } finally {
    await db.destroy()
  }
}

/**
 * The migrations that a database has been through. Throws `CannotOpen` when it cannot be read, and when a newer program
 * than this one has changed it; empty for a database without a registry.
 */
export async function readMigrations(db: Db): Promise<string[]> {
  try {
    const done = await doneMigrations(db)
    const unknown = unknownMigrations(done)
    if (unknown.length > 0) throw new Error(`a newer version of this program has changed it (${unknown.join(', ')})`)
    return done
  } catch (error) {
    throw cannotOpenDatabase(error)
  }
}
