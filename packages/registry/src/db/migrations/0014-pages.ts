import { type Kysely, sql } from 'kysely'

/** Plugins whose manifests are read in one go. */
const batch = 200

/** What the pages need: who is signed in, and the picture that a plugin is shown with in lists. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('hash', 'text', (column) => column.notNull().primaryKey())
    .addColumn('key_id', 'text', (column) => column.references('api_keys.id').onDelete('cascade'))
    .addColumn('subject', 'text')
    .addColumn('role', 'text')
    .addColumn('tenant_id', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('sessions_by_key').on('sessions').columns(['key_id', 'created_at']).execute()
  await db.schema.createIndex('sessions_by_subject').on('sessions').columns(['subject', 'created_at']).execute()
  await db.schema.createIndex('sessions_by_end').on('sessions').column('expires_at').execute()

  await db.schema.alterTable('plugins').addColumn('screenshot', 'text').execute()
  await fillScreenshots(db)
}

async function fillScreenshots(db: Kysely<unknown>): Promise<void> {
  for (let after = 0; ; ) {
    const { rows } = await sql<{ number: number; manifest: string }>`
      select plugins.number, versions.manifest
      from plugins
      join versions on versions.plugin_id = plugins.id and versions.version = plugins.listing_version
      where plugins.number > ${after} order by plugins.number limit ${batch}`.execute(db)
    for (const { number, manifest } of rows) {
      after = number
      const [first] = (JSON.parse(manifest) as { screenshots?: { path: string; alt: string }[] }).screenshots ?? []
      if (!first) continue
      const screenshot = JSON.stringify({ path: first.path, alt: first.alt })
      await sql`update plugins set screenshot = ${screenshot} where number = ${number}`.execute(db)
    }
    if (rows.length < batch) return
  }
}
