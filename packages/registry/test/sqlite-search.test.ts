import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type CompiledQuery, Kysely, SqliteDialect, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../src/db/migrate.ts'
import { searchIndex } from '../src/db/search-index.ts'
import { connectSqlite } from '../src/db/sqlite/connect-sqlite.ts'
import type { Db, Tables } from '../src/db/tables.ts'
import { refreshPlugin } from '../src/plugins/refresh-plugin.ts'
import type { Viewer } from '../src/plugins/visibility.ts'
import { searchQuery } from '../src/search/search-query.ts'
import { manyPlugins, seedPlugins } from './seed-plugins.ts'

const now = new Date('2026-06-01T00:00:00.000Z')
const plugins = manyPlugins(300)
let folder: string
let path: string
let db: Db

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plexica-search-'))
  path = join(folder, 'plexica.db')
  db = connectSqlite(path)
  await migrate(db)
  await seedPlugins(db, plugins)
})
afterAll(async () => {
  await db.destroy()
  await rm(folder, { recursive: true, force: true })
})

test('the full-text index is whole after listings were withdrawn and shown again', async () => {
  const [plugin] = plugins
  const id = plugin?.manifest.id ?? ''
  for (const state of ['pending_review', 'published']) {
    await db.transaction().execute(async (trx) => {
      await trx.updateTable('versions').set({ state }).where('plugin_id', '=', id).execute()
      await refreshPlugin(trx, id, now.toISOString())
    })
    await sql`insert into plugin_search(plugin_search) values ('integrity-check')`.execute(db)
  }
})

test('a page and its counts come from indexes: no table is scanned or sorted for them', async () => {
  const sent: CompiledQuery[] = []
  const watched = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: new Database(path) }),
    log: ({ query }) => {
      sent.push(query)
    },
  })
  const viewers: Viewer[] = [
    { kind: 'anybody' },
    { kind: 'everything' },
    { kind: 'publisher', subject: 'ann' },
    { kind: 'tenant', tenantId: 'acme' },
  ]
  for (const viewer of viewers) {
    for (const sortBy of ['relevance', 'rating', 'downloads', 'newest'] as const) {
      for (const text of ['', 'ta']) {
        const query = { q: text, sortBy, minRating: 3, priceType: 'paid' as const }
        await searchIndex(watched, searchQuery(query, now, viewer))
      }
    }
  }
  const plans: string[] = []
  for (const query of sent.splice(0)) {
    const plan = await watched.executeQuery<{ detail: string }>({ ...query, sql: `explain query plan ${query.sql}` })
    plans.push(plan.rows.map(({ detail }) => detail).join('\n'))
  }
  await watched.destroy()
  const pages = plans.filter((plan) => plan.includes('plugins_by_') || plan.includes('plugin_search'))
  expect(pages).toHaveLength(8 * viewers.length)
  for (const plan of pages) {
    for (const scan of plan.match(/SCAN (p|plugins)\b.*/g) ?? []) expect(scan).toContain('USING COVERING INDEX')
    if (!plan.includes('plugin_search')) expect(plan).not.toContain('TEMP B-TREE')
  }
  // The public counts have an index without private plugins.
  expect(pages.filter((plan) => plan.includes('plugins_by_public_group'))).toHaveLength(4)
})
