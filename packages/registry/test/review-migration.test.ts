import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { connect } from '../src/db/connect.ts'
import * as start from '../src/db/migrations/0001-start.ts'
import * as versionLife from '../src/db/migrations/0004-version-life.ts'
import * as review from '../src/db/migrations/0007-review.ts'
import { freshDatabase } from './fresh-database.ts'

async function insert(db: Kysely<never>, id: string, state: string, severities: string[]) {
  const findings = JSON.stringify(severities.map((severity) => ({ severity })))
  await sql`
    insert into versions (plugin_id, version, digest, blob, state, manifest, packed_bytes, unpacked_bytes, files,
      dependencies, capabilities, findings, quality_score, quality_out_of, published_by, created_at)
    values ('old', ${id}, '', '', ${state}, '{}', 0, 0, '[]', '[]', '{}', '[]', 0, 0, 'ann', '2026')`.execute(db)
  await sql`
    insert into submissions (id, plugin_id, version, digest, state, findings, capabilities, quality_score, quality_out_of,
      submitted_by, submitted_at)
    values (${id}, 'old', ${id}, '', ${state}, ${findings}, '{}', 0, 0, 'ann', '2026')`.execute(db)
}

test('what waited before is ordered by its findings', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-review-'))
  const database = await freshDatabase(folder)
  const db = connect(database.location) as unknown as Kysely<never>
  const migrate = async (migrations: Record<string, Migration>) => {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
    expect((await migrator.migrateToLatest()).error).toBeUndefined()
  }
  const before = { '0001-start': start, '0004-version-life': versionLife }
  await migrate(before)
  await sql`
    insert into plugins (id, status, listing_version, name, description, category, tags, author, pricing, price_type,
      created_at, updated_at)
    values ('old', 'PENDING_REVIEW', '1.0.0', '', '', '', '[]', '{}', '{}', 'free', '2026', '2026')`.execute(db)
  for (let index = 0; index < 250; index++) await insert(db, `many-${index}`, 'pending_review', ['info'])
  await insert(db, 'warned', 'pending_review', ['warning', 'info', 'info'])
  await insert(db, 'quiet', 'pending_review', [])
  await insert(db, 'decided', 'approved', ['warning'])
  await migrate({ ...before, '0007-review': review })
  const { rows } = await sql<{ id: string; risk: number; points: string }>`
    select id, risk, points from submissions order by risk desc, id`.execute(db)
  expect(rows[0]).toEqual({ id: 'warned', risk: 12, points: '[]' })
  expect(rows.filter(({ risk }) => risk === 1)).toHaveLength(250)
  expect(rows.slice(-2).map(({ id, risk }) => [id, risk])).toEqual([
    ['decided', 0],
    ['quiet', 0],
  ])
  await db.destroy()
  await database.drop()
  await rm(folder, { recursive: true })
})
