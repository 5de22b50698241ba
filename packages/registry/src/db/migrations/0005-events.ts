import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Refers to nothing: what happened stays true when the plugin or the tenant has gone.
  await db.schema
    .createTable('events')
    .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('happened_at', 'text', (column) => column.notNull())
    .addColumn('plugin_id', 'text')
    .addColumn('version', 'text')
    .addColumn('tenant_id', 'text')
    .addColumn('data', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('events_by_tenant').on('events').columns(['tenant_id', 'number']).execute()
  // Up to where each of those who follow the events has come.
  await db.schema
    .createTable('event_cursors')
    .addColumn('follower', 'text', (column) => column.primaryKey().notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('events_by_plugin').on('events').columns(['plugin_id', 'number']).execute()
}
