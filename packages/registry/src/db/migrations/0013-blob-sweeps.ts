import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('blob_sweeps')
    .addColumn('name', 'text', (column) => column.notNull().primaryKey())
    .addColumn('began_at', 'text', (column) => column.notNull())
    .execute()
}
