import { canonicalId } from '@plexica/manifest-schema'
import type { Kysely } from 'kysely'

/** What names a version in other tables. */
const version = ['plugin_id', 'version'] as const

/** Plugins read in one go while their canonical ids are filled in. */
const batch = 500

/** What is read here of tables that later migrations may change. */
type Then = { plugins: { number: number; id: string; canonical_id: string | null } }

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of [
    'canonical_id',
    'deprecated_reason',
    'deprecated_successor',
    'deprecated_at',
    'deprecated_by',
  ]) {
    await db.schema.alterTable('plugins').addColumn(column, 'text').execute()
  }
  await db.schema.alterTable('versions').addColumn('channel', 'text').execute()
  await fillCanonicalIds(db.withTables<Then>())
  await db.schema.createIndex('plugins_by_canonical_id').on('plugins').column('canonical_id').unique().execute()

  await db.schema
    .createTable('channels')
    .addColumn('plugin_id', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('set_by', 'text', (column) => column.notNull())
    .addColumn('set_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('channels_key', ['plugin_id', 'channel'])
    .addForeignKeyConstraint('channels_version', [...version], 'versions', [...version], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
  await db.schema
    .createIndex('channels_by_version')
    .on('channels')
    .columns([...version])
    .execute()

  // Who runs a version, page by page.
  await db.schema
    .createIndex('installations_by_version')
    .on('installations')
    .columns([...version, 'tenant_id'])
    .execute()

  // Refers to nothing: it has to outlive the version, and the plugin too.
  await db.schema
    .createTable('tombstones')
    .addColumn('plugin_id', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('deleted_by', 'text', (column) => column.notNull())
    .addColumn('deleted_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('tombstones_key', [...version])
    .execute()
}

/** Of plugins whose ids read alike already, the oldest gets the form that nobody else may have; the others keep none. */
async function fillCanonicalIds(db: Kysely<Then>): Promise<void> {
  const seen = new Set<string>()
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('plugins')
      .select(['number', 'id'])
      .where('number', '>', after)
      .orderBy('number')
      .limit(batch)
      .execute()
    for (const { number, id } of rows) {
      after = number
      const canonical = canonicalId(id)
      if (seen.has(canonical)) continue
      seen.add(canonical)
      await db.updateTable('plugins').set({ canonical_id: canonical }).where('number', '=', number).execute()
    }
    if (rows.length < batch) return
  }
}
