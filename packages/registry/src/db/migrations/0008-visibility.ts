import { type Kysely, sql } from 'kysely'
import { publicGroups, visibleIndexes } from '../published-order.ts'

/** Private plugins, the tenants that may have them, and their visibility in each index of what is published. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('plugins')
    .addColumn('visibility', 'text', (column) => column.notNull().defaultTo('public'))
    .execute()
  await db.schema
    .createTable('plugin_tenants')
    .addColumn('plugin_id', 'text', (column) => column.notNull().references('plugins.id').onDelete('cascade'))
    .addColumn('tenant_id', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('granted_by', 'text', (column) => column.notNull())
    .addColumn('granted_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('plugin_tenants_key', ['plugin_id', 'tenant_id'])
    .execute()
  await db.schema
    .createIndex('plugin_tenants_by_tenant')
    .on('plugin_tenants')
    .columns(['tenant_id', 'plugin_id'])
    .execute()

  for (const [name, columns] of Object.entries(visibleIndexes)) {
    await db.schema.dropIndex(`plugins_${name}`).execute()
    await sql`create index ${sql.ref(`plugins_${name}`)} on plugins (${sql.raw(columns)})
      where published_at is not null`.execute(db)
  }
  await sql`create index plugins_by_public_group on plugins (${sql.raw(publicGroups)})
    where published_at is not null and visibility = 'public'`.execute(db)
}
