import { type Kysely, sql } from 'kysely'

/** What names a version in other tables. */
const version = ['plugin_id', 'version'] as const

export async function up(db: Kysely<unknown>): Promise<void> {
  await countByDay(db)
  await keepAdvisories(db)
  await rememberRemovals(db)
}

async function countByDay(db: Kysely<unknown>): Promise<void> {
  // Refers to nothing: what was counted stays counted.
  await db.schema
    .createTable('plugin_days')
    .addColumn('plugin_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('downloads', 'integer', (column) => column.notNull())
    .addColumn('download_bytes', 'integer', (column) => column.notNull())
    .addColumn('installs', 'integer', (column) => column.notNull())
    .addColumn('uninstalls', 'integer', (column) => column.notNull())
    .addColumn('enabled_change', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('plugin_days_key', ['plugin_id', 'day'])
    .execute()
  await db.schema
    .createIndex('plugin_days_by_day')
    .on('plugin_days')
    .columns(['day', 'plugin_id', 'installs'])
    .execute()
  await db.schema.createIndex('ratings_by_day').on('ratings').columns(['created_at', 'plugin_id']).execute()
  await db.schema
    .createTable('counted_installations')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('plugin_id', 'text', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('counted_installations_key', ['tenant_id', 'plugin_id'])
    .execute()
  // What is installed now counts from its day; what came and went before is not known.
  await sql`insert into counted_installations (tenant_id, plugin_id, enabled)
    select tenant_id, plugin_id, enabled from installations`.execute(db)
  await sql`insert into plugin_days
      (plugin_id, day, downloads, download_bytes, installs, uninstalls, enabled_change)
    select plugin_id, substr(installed_at, 1, 10), 0, 0, count(*), 0, sum(enabled)
    from installations group by plugin_id, substr(installed_at, 1, 10)`.execute(db)
}

async function keepAdvisories(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('advisories')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('modified', 'text', (column) => column.notNull())
    .addColumn('withdrawn', 'text')
    .addColumn('summary', 'text', (column) => column.notNull())
    .addColumn('severity', 'text')
    .addColumn('link', 'text')
    .addColumn('aliases', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('advisory_packages')
    .addColumn('advisory_id', 'text', (column) => column.notNull().references('advisories.id').onDelete('cascade'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('package', 'text', (column) => column.notNull())
    .addColumn('affected', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('advisory_packages_key', ['advisory_id', 'position'])
    .execute()
  await db.schema.createIndex('advisory_packages_by_package').on('advisory_packages').column('package').execute()
  await db.schema
    .createTable('version_advisories')
    .addColumn('plugin_id', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('advisory_id', 'text', (column) => column.notNull().references('advisories.id').onDelete('cascade'))
    .addColumn('package', 'text', (column) => column.notNull())
    .addColumn('package_version', 'text', (column) => column.notNull())
    .addColumn('fixed', 'text')
    .addColumn('first_seen', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('version_advisories_key', [...version, 'advisory_id', 'package', 'package_version'])
    .addForeignKeyConstraint('version_advisories_version', [...version], 'versions', [...version], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
  await db.schema
    .createIndex('version_advisories_by_age')
    .on('version_advisories')
    .columns(['first_seen', ...version, 'advisory_id', 'package', 'package_version'])
    .execute()
  await db.schema.createIndex('version_advisories_by_advisory').on('version_advisories').column('advisory_id').execute()
}

async function rememberRemovals(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('versions').addColumn('yanked_at', 'text').execute()
  await db.schema.alterTable('versions').addColumn('blob_removed_at', 'text').execute()
  await db.schema
    .createIndex('versions_by_state')
    .on('versions')
    .columns(['state', ...version])
    .execute()
  // Nobody wrote down when it was: the time to keep them begins now.
  await sql`update versions set yanked_at = ${new Date().toISOString()} where state = 'yanked'`.execute(db)
}
