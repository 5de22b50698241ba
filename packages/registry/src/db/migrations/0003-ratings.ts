import { type Kysely, sql } from 'kysely'

/** One person of a tenant. */
const person = ['tenant_id', 'subject'] as const

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('ratings')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('plugin_id', 'text', (column) => column.notNull().references('plugins.id').onDelete('cascade'))
    // No cascade: whoever deletes a tenant deletes its ratings first and recomputes what they counted for.
    .addColumn('tenant_id', 'text', (column) => column.notNull().references('tenants.id'))
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('stars', 'integer', (column) => column.notNull().check(sql`stars between 1 and 5`))
    .addColumn('review', 'text')
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('helpful_count', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('not_helpful_count', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('reply', 'text')
    .addColumn('replied_by', 'text')
    .addColumn('replied_at', 'text')
    .addColumn('reported_at', 'text')
    .addColumn('hidden_reason', 'text')
    .addColumn('hidden_by', 'text')
    .addColumn('hidden_at', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('ratings_by_author', ['plugin_id', ...person])
    .execute()
  await db.schema.createIndex('ratings_by_tenant').on('ratings').column('tenant_id').execute()

  // One for each way to sort what shows, with and without the number of stars; the second one counts them too.
  const shown = {
    by_age: 'created_at desc, id',
    by_stars: 'stars desc, created_at desc, id',
    by_votes: '(helpful_count - not_helpful_count) desc, created_at desc, id',
    by_stars_and_votes: 'stars, (helpful_count - not_helpful_count) desc, created_at desc, id',
  }
  for (const [name, columns] of Object.entries(shown)) {
    await sql`create index ${sql.ref(`ratings_${name}`)} on ratings (plugin_id, ${sql.raw(columns)})
      where hidden_at is null`.execute(db)
  }
  await sql`create index ratings_reported on ratings (reported_at, id) where reported_at is not null`.execute(db)
  await sql`create index ratings_hidden on ratings (hidden_at desc, id) where hidden_at is not null`.execute(db)

  await db.schema
    .createTable('rating_votes')
    .addColumn('rating_id', 'text', (column) => column.notNull().references('ratings.id').onDelete('cascade'))
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('helpful', 'integer', (column) => column.notNull())
    .addColumn('voted_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('rating_votes_key', ['rating_id', ...person])
    .execute()

  await db.schema
    .createTable('rating_reports')
    .addColumn('rating_id', 'text', (column) => column.notNull().references('ratings.id').onDelete('cascade'))
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('note', 'text')
    .addColumn('reported_at', 'text', (column) => column.notNull())
    .addColumn('decided_at', 'text')
    .addPrimaryKeyConstraint('rating_reports_key', ['rating_id', ...person])
    .execute()
  await sql`create index rating_reports_open on rating_reports (rating_id, reported_at, tenant_id, subject)
    where decided_at is null`.execute(db)
}
