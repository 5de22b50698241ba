import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['permissions', 'plugins', 'last_used_at']) {
    await db.schema.alterTable('api_keys').addColumn(column, 'text').execute()
  }
  await db.schema
    .alterTable('api_keys')
    .addColumn('trusted', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  // The few that a trust that ends takes with it, and that are forgotten when they have expired.
  await sql`create index api_keys_trusted on api_keys (expires_at) where trusted = 1`.execute(db)

  await db.schema
    .createTable('trusted_publishers')
    .addColumn('plugin_id', 'text', (column) => column.notNull().references('plugins.id').onDelete('cascade'))
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('anchor', 'text', (column) => column.notNull())
    .addColumn('claims', 'text', (column) => column.notNull())
    .addColumn('added_by', 'text', (column) => column.notNull())
    .addColumn('added_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('trusted_publishers_key', ['plugin_id', 'place'])
    .execute()
  await db.schema
    .createIndex('trusted_publishers_by_anchor')
    .on('trusted_publishers')
    .columns(['issuer', 'anchor', 'plugin_id'])
    .execute()

  await db.schema
    .createTable('spent_tokens')
    .addColumn('hash', 'text', (column) => column.notNull().primaryKey())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('spent_tokens_by_end').on('spent_tokens').column('expires_at').execute()

  // Refers to nothing, and its numbers are given by hand: one that is missing shows.
  await db.schema
    .createTable('audit')
    .addColumn('number', 'integer', (column) => column.notNull().primaryKey())
    .addColumn('happened_at', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('role', 'text')
    .addColumn('key_id', 'text')
    .addColumn('actor_tenant_id', 'text')
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('plugin_id', 'text')
    .addColumn('version', 'text')
    .addColumn('tenant_id', 'text')
    .addColumn('params', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('status', 'integer', (column) => column.notNull())
    .addColumn('code', 'text')
    .addColumn('request_id', 'text', (column) => column.notNull())
    .addColumn('calls', 'integer', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute()
  for (const column of ['actor', 'operation', 'plugin_id', 'tenant_id', 'outcome', 'happened_at']) {
    await db.schema.createIndex(`audit_by_${column}`).on('audit').columns([column, 'number']).execute()
  }

  await db.schema
    .createTable('rate_limits')
    .addColumn('bucket', 'text', (column) => column.notNull().primaryKey())
    .addColumn('full_at', 'integer', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('rate_limits_by_end').on('rate_limits').column('full_at').execute()
}
