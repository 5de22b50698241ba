import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('webhooks')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('description', 'text')
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('tenant_id', 'text', (column) => column.references('tenants.id').onDelete('cascade'))
    .addColumn('event_types', 'text', (column) => column.notNull())
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('disabled_at', 'text')
    .addColumn('disabled_reason', 'text')
    .addColumn('failing_since', 'text')
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .execute()
  const webhookIndexes = {
    webhooks_by_age: ['created_at', 'id'],
    webhooks_by_owner: ['scope', 'created_by', 'created_at', 'id'],
    webhooks_by_tenant: ['tenant_id', 'created_at', 'id'],
  }
  for (const [name, columns] of Object.entries(webhookIndexes)) {
    await db.schema.createIndex(name).on('webhooks').columns(columns).execute()
  }

  // An event is referred to by its number alone: what has been told stays told when it has gone.
  await db.schema
    .createTable('webhook_deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('webhook_id', 'text', (column) => column.notNull().references('webhooks.id').onDelete('cascade'))
    .addColumn('event_number', 'integer')
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_attempt_at', 'text', (column) => column.notNull())
    .addColumn('last_attempt_at', 'text')
    .addColumn('last_status', 'integer')
    .addColumn('last_error', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('webhook_deliveries_once', ['webhook_id', 'event_number'])
    .execute()
  const deliveryIndexes = {
    webhook_deliveries_due: ['state', 'next_attempt_at'],
    webhook_deliveries_next: ['webhook_id', 'state', 'next_attempt_at', 'event_number'],
    webhook_deliveries_by_webhook: ['webhook_id', 'created_at', 'id'],
    webhook_deliveries_by_age: ['created_at'],
  }
  for (const [name, columns] of Object.entries(deliveryIndexes)) {
    await db.schema.createIndex(name).on('webhook_deliveries').columns(columns).execute()
  }

  await db.schema
    .createTable('notifications')
    .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('event_number', 'integer', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('plugin_id', 'text', (column) => column.notNull())
    .addColumn('version', 'text')
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('happened_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('notifications_once', ['event_number', 'recipient'])
    .execute()
  await db.schema
    .createIndex('notifications_by_recipient')
    .on('notifications')
    .columns(['recipient', 'number'])
    .execute()
  await db.schema.createIndex('notifications_by_age').on('notifications').column('happened_at').execute()

  await db.schema
    .createTable('notification_reads')
    .addColumn('notification', 'integer', (column) =>
      column.notNull().references('notifications.number').onDelete('cascade'),
    )
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('read_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('notification_reads_key', ['notification', 'subject'])
    .execute()
}
