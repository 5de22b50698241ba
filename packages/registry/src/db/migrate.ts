import { sql } from 'kysely'
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration'
import { engineOf } from './engine-of.ts'
import * as start from './migrations/0001-start.ts'
import * as ratings from './migrations/0003-ratings.ts'
import * as versionLife from './migrations/0004-version-life.ts'
import * as events from './migrations/0005-events.ts'
import * as installations from './migrations/0006-installations.ts'
import * as review from './migrations/0007-review.ts'
import * as visibility from './migrations/0008-visibility.ts'
import * as discovery from './migrations/0009-discovery.ts'
import * as insight from './migrations/0010-insight.ts'
import * as access from './migrations/0011-access.ts'
import * as eventsOut from './migrations/0012-events-out.ts'
import * as blobSweeps from './migrations/0013-blob-sweeps.ts'
import * as pages from './migrations/0014-pages.ts'
import * as host from './migrations/0015-host.ts'
import type { Db } from './tables.ts'

function migrationsFor(searchMigration: Migration): Record<string, Migration> {
  return {
    '0001-start': start,
    '0002-search': searchMigration,
    '0003-ratings': ratings,
    '0004-version-life': versionLife,
    '0005-events': events,
    '0006-installations': installations,
    '0007-review': review,
    '0008-visibility': visibility,
    '0010-insight': insight,
    '0011-access': access,
    '0012-events-out': eventsOut,
    '0013-blob-sweeps': blobSweeps,
    '0009-discovery': discovery,
    '0014-pages': pages,
    '0015-host': host,
  }
}

/**
 * Brings the database to this program's schema, forward only and all or nothing. Processes that start at once wait for
 * each other. Throws what failed, and refuses a database that a newer program has changed.
 */
export async function migrate(db: Db): Promise<void> {
  await engineOf(db).lockForMigration(db, (locked) => migrateLocked(locked))
}

/** The same inside a transaction that has the lock, as far as the named migration when one is named. */
export async function migrateLocked(locked: Db, last?: string): Promise<void> {
  const migrations = migrationsFor(engineOf(locked).searchMigration)
  // The lock's transaction is the one and only.
  const provider = { getMigrations: async () => migrations }
  const migrator = new Migrator({ db: locked, provider, disableTransactions: true })
  const unknown = unknownMigrations(await doneMigrations(locked))
  if (unknown.length > 0) {
    throw new Error(`it was changed by a newer version of this program (${unknown.join(', ')}), which has to be used`)
  }
  const { error } = last === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(last)
  if (error) throw error
}

/** Those that this program does not have: a newer one made them. */
export function unknownMigrations(names: readonly string[]): string[] {
  const known = migrationsFor({ up: async () => undefined })
  return names.filter((name) => !(name in known))
}

/** The migrations that a database has been through, in their order; none for one that is new. */
export async function doneMigrations(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return []
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(DEFAULT_MIGRATION_TABLE)} order by name`.execute(db)
  return rows.map(({ name }) => name)
}
