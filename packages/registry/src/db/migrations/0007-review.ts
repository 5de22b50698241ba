import { type Kysely, sql } from 'kysely'

/** Submissions read in one go while their risk is filled in. */
const batch = 100

/** What is read here of a table that later migrations may change. */
type Then = { submissions: { id: string; state: string; findings: string; risk: number } }

export async function up(db: Kysely<unknown>): Promise<void> {
  const table = 'submissions'
  await db.schema.alterTable(table).addColumn('claimed_by', 'text').execute()
  await db.schema.alterTable(table).addColumn('claimed_at', 'text').execute()
  await db.schema
    .alterTable(table)
    .addColumn('risk', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema
    .alterTable(table)
    .addColumn('points', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute()
  await db.schema
    .alterTable(table)
    .addColumn('point_marks', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute()
  await fillRisk(db.withTables<Then>())
  await db.schema
    .createIndex('submissions_by_risk')
    .on(table)
    .columns(['state', 'risk desc', 'submitted_at', 'id'])
    .execute()
  // Of people's decisions only: there may be any number of a policy's before the last of those.
  await sql`create index submissions_by_decision on submissions (decided_at desc)
    where decided_by is not null and decided_by not like 'policy:%'`.execute(db)
  await db.schema
    .createIndex('versions_by_approval')
    .on('versions')
    .columns(['plugin_id', 'state', 'published_at'])
    .execute()
}

/** What waits already is ordered by its findings alone: by ten for a warning and one for a note, as new ones are too. */
async function fillRisk(db: Kysely<Then>): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('submissions')
      .select(['id', 'findings'])
      .where('state', '=', 'pending_review')
      .where('id', '>', after)
      .orderBy('id')
      .limit(batch)
      .execute()
    for (const { id, findings } of rows) {
      after = id
      const severities = (JSON.parse(findings) as { severity: string }[]).map(({ severity }) => severity)
      const count = (wanted: string) => severities.filter((severity) => severity === wanted).length
      const risk = 10 * Math.min(count('warning'), 10) + Math.min(count('info'), 9)
      await db.updateTable('submissions').set({ risk }).where('id', '=', id).execute()
    }
    if (rows.length < batch) return
  }
}
