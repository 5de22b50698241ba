import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Refers to the tenant alone: what was done stays told when the version or the plugin has gone.
  await db.schema
    .createTable('installation_history')
    .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('tenant_id', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('plugin_id', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('previous_version', 'text')
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('happened_at', 'text', (column) => column.notNull())
    .addColumn('changed', 'text', (column) => column.notNull())
    .addColumn('left_configuration', 'text')
    .addColumn('left_secrets', 'text')
    .addColumn('left_permissions', 'text')
    .execute()
  await db.schema
    .createIndex('installation_history_by_plugin')
    .on('installation_history')
    .columns(['tenant_id', 'plugin_id', 'number'])
    .execute()

  // Which published versions a plugin has, without walking over the long texts of their rows.
  await db.schema
    .createIndex('versions_by_plugin_and_state')
    .on('versions')
    .columns(['plugin_id', 'state', 'version', 'channel'])
    .execute()

  await sql`
    insert into installation_history (tenant_id, plugin_id, action, version, actor, happened_at, changed)
    select tenant_id, plugin_id, 'installed', version, installed_by, installed_at, '[]' from installations
    order by installed_at`.execute(db)
}
