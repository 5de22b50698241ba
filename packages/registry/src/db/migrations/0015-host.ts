import type { Kysely } from 'kysely'

/** What the host runtime needs: experiments and sandboxes of installations, and what pages tell of plugins. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('installations').addColumn('experiment', 'text').execute()
  await db.schema
    .alterTable('installations')
    .addColumn('sandboxed', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()

  // Both refer to nothing: what was counted stays counted, until it is old.
  await db.schema
    .createTable('telemetry_times')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('plugin_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('variant', 'text', (column) => column.notNull())
    .addColumn('measure', 'text', (column) => column.notNull())
    .addColumn('bucket', 'integer', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('telemetry_times_key', [...what, 'measure', 'bucket'])
    .execute()
  await db.schema
    .createTable('telemetry_errors')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('plugin_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('variant', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('component', 'text', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('last_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('telemetry_errors_key', [...what, 'code', 'component'])
    .execute()
  for (const table of ['telemetry_times', 'telemetry_errors']) {
    await db.schema.createIndex(`${table}_by_plugin`).on(table).columns(['plugin_id', 'day']).execute()
    await db.schema.createIndex(`${table}_by_day`).on(table).column('day').execute()
  }
}

const what = ['tenant_id', 'plugin_id', 'day', 'version', 'variant'] as const
