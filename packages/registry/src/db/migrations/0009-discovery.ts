import { type Kysely, sql } from 'kysely'
import { smoothedRating } from '../published-order.ts'
import type { Db, Tables } from '../tables.ts'
import { addBeginnings } from '../word-beginnings.ts'

/** Plugins whose words are written in one go. */
const batch = 500

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('search_beginnings')
    .addColumn('beginning', 'text', (column) => column.notNull())
    .addColumn('popularity', 'integer', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull().references('plugins.number').onDelete('cascade'))
    .execute()
  await db.schema
    .createIndex('search_beginnings_by_popularity')
    .on('search_beginnings')
    .columns(['beginning', 'popularity', 'number'])
    .execute()
  await db.schema.createIndex('search_beginnings_by_plugin').on('search_beginnings').column('number').execute()
  await fillBeginnings(db.withTables<Pick<Tables, keyof Tables>>())

  // Most tenants first, in all and in a category.
  for (const [name, first] of [
    ['plugins_by_popularity', ''],
    ['plugins_by_category_popularity', 'category, '],
  ] as const) {
    await sql`create index ${sql.ref(name)}
      on plugins (${sql.raw(first)}install_count desc, ${sql.raw(smoothedRating)} desc, number)
      where published_at is not null and deprecated_at is null`.execute(db)
  }
}

async function fillBeginnings(db: Db): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('plugins')
      .select(['number', 'id', 'name', 'install_count'])
      .where('number', '>', after)
      .where('published_at', 'is not', null)
      .orderBy('number')
      .limit(batch)
      .execute()
    for (const row of rows) {
      after = row.number
      await addBeginnings(db, row)
    }
    if (rows.length < batch) return
  }
}
