import { sql } from 'kysely'
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration'
import { engineOf } from './engine-of.ts'
import * as start from './migrations/0001-start.ts'
import * as ratings from './migrations/0003-ratings.ts'
import * as versionLife from './migrations/0004-version-life.ts'
import * as events from './migrations/0005-events.ts'
import * as discovery from './migrations/0009-discovery.ts'
import type { Db } from './tables.ts'

function migrationsFor(searchMigration: Migration): Record<string, Migration> {
  return {
    '0001-start': start,
    '0002-search': searchMigration,
    '0003-ratings': ratings,
    '0004-version-life': versionLife,
    '0005-events': events,
    '0009-discovery': discovery,
  }
}

/**
 * Brings the database to this program's schema, forward only and all or nothing. Processes that start at once wait for
 * each other. Throws what failed, and refuses a database that a newer program has changed.
 */
export async function migrate(db: Db): Promise<void> {
  const { searchMigration, lockForMigration } = engineOf(db)
  const migrations = migrationsFor(searchMigration)
  await lockForMigration(db, async (locked) => {
    // The lock's transaction is the one and only.
    const provider = { getMigrations: async () => migrations }
    const migrator = new Migrator({ db: locked, provider, disableTransactions: true })
    const done = await doneMigrations(locked)
    const unknown = done.filter((name) => !(name in migrations))
    if (unknown.length > 0) {
      throw new Error(`it was changed by a newer version of this program (${unknown.join(', ')}), which has to be used`)
    }
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
  })
}

async function doneMigrations(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return []
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db)
  return rows.map(({ name }) => name)
}
