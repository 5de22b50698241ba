import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import * as start from '../src/db/migrations/0001-start.ts'
import * as versionLife from '../src/db/migrations/0004-version-life.ts'
import { connectSqlite } from '../src/db/sqlite/connect-sqlite.ts'

test('plugins that were there before get canonical ids, of twins the older one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-canonical-'))
  const db = connectSqlite(join(folder, 'old.db'))
  const migrate = async (migrations: Record<string, Migration>) => {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
    expect((await migrator.migrateToLatest()).error).toBeUndefined()
  }
  await migrate({ '0001-start': start })
  const ids = ['modern-list', 'modem-list', 'chart', ...Array.from({ length: 600 }, (_, index) => `many-${index}-x`)]
  for (const id of ids) {
    await sql`
      insert into plugins (id, status, listing_version, name, description, category, tags, author, pricing, price_type,
        created_at, updated_at)
      values (${id}, 'PUBLISHED', '1.0.0', '', '', '', '[]', '{}', '{}', 'free', '2026', '2026')`.execute(db)
  }
  await migrate({ '0001-start': start, '0004-version-life': versionLife })
  const rows = await db.selectFrom('plugins').select(['id', 'canonical_id']).orderBy('number').execute()
  expect(rows.slice(0, 3)).toEqual([
    { id: 'modern-list', canonical_id: 'modemllst' },
    { id: 'modem-list', canonical_id: null },
    { id: 'chart', canonical_id: 'chart' },
  ])
  expect(rows.filter(({ canonical_id }) => canonical_id === null)).toHaveLength(1)
  expect(rows).toHaveLength(ids.length)
  await db.destroy()
  await rm(folder, { recursive: true })
})
