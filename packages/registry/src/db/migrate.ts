import { Migrator } from 'kysely/migration'
import * as start from './migrations/0001-start.ts'
import * as sqliteSearch from './sqlite/0002-sqlite-search.ts'
import type { Db } from './tables.ts'

const migrations = {
  '0001-start': start,
  '0002-search': sqliteSearch,
}

/** Brings the database to this program's schema, forward only, under the engine's lock. Throws what failed. */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}
