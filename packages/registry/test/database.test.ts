import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Selectable, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../src/db/connect.ts'
import { migrate } from '../src/db/migrate.ts'
import type { Db, Tables } from '../src/db/tables.ts'
import { isUniqueViolation } from '../src/db/unique-violation.ts'
import { type FreshDatabase, freshDatabase } from './fresh-database.ts'

const made: { database: FreshDatabase; folder: string }[] = []
let db: Db

async function fresh(): Promise<FreshDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-db-'))
  const database = await freshDatabase(folder)
  made.push({ database, folder })
  return database
}

beforeAll(async () => {
  db = connect((await fresh()).location)
  await migrate(db)
})
afterAll(async () => {
  await db.destroy()
  for (const { database, folder } of made) {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  }
})

type Form<Value> = null extends Value ? `${Plain<NonNullable<Value>>}?` : Plain<Value>
type Plain<Value> = Value extends number ? 'integer' | 'real' : 'text'

/** PostgreSQL's names for what the migrations call integer and real. */
const forms: Record<string, string> = { int8: 'integer', float8: 'real' }

/** The compiler holds this to `tables.ts`, the test holds it to the migrated schema. */
const declared: { [T in keyof Tables]: { [C in keyof Selectable<Tables[T]>]: Form<Selectable<Tables[T]>[C]> } } = {
  plugins: {
    number: 'integer',
    id: 'text',
    status: 'text',
    canonical_id: 'text?',
    deprecated_reason: 'text?',
    deprecated_successor: 'text?',
    deprecated_at: 'text?',
    deprecated_by: 'text?',
    listing_version: 'text',
    latest_version: 'text?',
    name: 'text',
    description: 'text',
    category: 'text',
    tags: 'text',
    author: 'text',
    pricing: 'text',
    price_type: 'text',
    icon: 'text?',
    average_rating: 'real',
    rating_count: 'integer',
    download_count: 'integer',
    install_count: 'integer',
    published_at: 'text?',
    created_at: 'text',
    updated_at: 'text',
  },
  plugin_owners: { plugin_id: 'text', subject: 'text', added_at: 'text' },
  versions: {
    plugin_id: 'text',
    version: 'text',
    digest: 'text',
    blob: 'text',
    state: 'text',
    channel: 'text?',
    reason: 'text?',
    manifest: 'text',
    readme: 'text?',
    changelog: 'text?',
    packed_bytes: 'integer',
    unpacked_bytes: 'integer',
    files: 'text',
    dependencies: 'text',
    capabilities: 'text',
    findings: 'text',
    quality_score: 'integer',
    quality_out_of: 'integer',
    download_count: 'integer',
    published_by: 'text',
    created_at: 'text',
    published_at: 'text?',
  },
  channels: { plugin_id: 'text', channel: 'text', version: 'text', set_by: 'text', set_at: 'text' },
  tombstones: {
    plugin_id: 'text',
    version: 'text',
    digest: 'text',
    reason: 'text',
    deleted_by: 'text',
    deleted_at: 'text',
  },
  submissions: {
    id: 'text',
    plugin_id: 'text',
    version: 'text',
    digest: 'text',
    state: 'text',
    findings: 'text',
    capabilities: 'text',
    quality_score: 'integer',
    quality_out_of: 'integer',
    submitted_by: 'text',
    submitted_at: 'text',
    decided_by: 'text?',
    decided_at: 'text?',
    reason: 'text?',
  },
  api_keys: {
    id: 'text',
    hash: 'text',
    subject: 'text',
    role: 'text',
    tenant_id: 'text?',
    description: 'text?',
    created_at: 'text',
    expires_at: 'text?',
    revoked_at: 'text?',
  },
  tenants: { id: 'text', name: 'text', created_at: 'text' },
  installations: {
    tenant_id: 'text',
    plugin_id: 'text',
    version: 'text',
    digest: 'text',
    enabled: 'integer',
    configuration: 'text',
    secrets: 'text',
    granted_permissions: 'text',
    installed_by: 'text',
    installed_at: 'text',
    updated_at: 'text',
  },
  ratings: {
    id: 'text',
    plugin_id: 'text',
    tenant_id: 'text',
    subject: 'text',
    stars: 'integer',
    review: 'text?',
    version: 'text',
    helpful_count: 'integer',
    not_helpful_count: 'integer',
    reply: 'text?',
    replied_by: 'text?',
    replied_at: 'text?',
    reported_at: 'text?',
    hidden_reason: 'text?',
    hidden_by: 'text?',
    hidden_at: 'text?',
    created_at: 'text',
    updated_at: 'text',
  },
  rating_votes: { rating_id: 'text', tenant_id: 'text', subject: 'text', helpful: 'integer', voted_at: 'text' },
  rating_reports: {
    rating_id: 'text',
    tenant_id: 'text',
    subject: 'text',
    reason: 'text',
    note: 'text?',
    reported_at: 'text',
    decided_at: 'text?',
  },
  events: {
    number: 'integer',
    type: 'text',
    actor: 'text',
    happened_at: 'text',
    plugin_id: 'text?',
    version: 'text?',
    tenant_id: 'text?',
    data: 'text',
  },
  install_days: { plugin_id: 'text', day: 'text', installs: 'integer' },
  word_beginnings: { beginning: 'text', popularity: 'integer', number: 'integer' },
}

test('the tables that the code knows are those that the migrations make', async () => {
  const tables = await db.introspection.getTables()
  const found = tables
    .filter(({ name }) => !/^(plugin_search|search_)/.test(name))
    .map(({ name, columns }) => [
      name,
      Object.fromEntries(
        columns.map((column) => [
          column.name,
          // The number that SQLite gives a row is never null, though its column is not declared so.
          (forms[column.dataType] ?? column.dataType.toLowerCase()) +
            (column.isNullable && !column.isAutoIncrementing ? '?' : ''),
        ]),
      ),
    ])
  expect(Object.fromEntries(found)).toEqual(declared)
})

test('migrating again changes nothing', async () => {
  const schema = () => db.introspection.getTables({ withInternalKyselyTables: true })
  const before = await schema()
  await migrate(db)
  expect(await schema()).toEqual(before)
  expect(before.length).toBeGreaterThan(10)
})

test('a database that a newer program has changed is left alone', async () => {
  const newer = connect((await fresh()).location)
  await migrate(newer)
  await sql`insert into kysely_migration (name, timestamp) values ('0099-future', '2030')`.execute(newer)
  await expect(migrate(newer)).rejects.toThrow('newer version of this program (0099-future)')
  await newer.destroy()
})

test('processes that open one new database at once all succeed, and none loses a write', async () => {
  const { location, url } = await fresh()
  const children = Array.from({ length: 4 }, () =>
    fork(join(import.meta.dirname, 'open-database.ts'), [url], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
  )
  await Promise.all(children.map((child) => once(child, 'message')))
  const ended = children.map((child) => once(child, 'exit'))
  for (const child of children) child.send('go')
  expect((await Promise.all(ended)).map(([code]) => code)).toEqual([0, 0, 0, 0])
  const raced = connect(location)
  const { n } = await raced
    .selectFrom('tenants')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  await raced.destroy()
  expect(n).toBe(80)
})

describe('what refers to something', () => {
  const at = '2026-01-01T00:00:00.000Z'

  test('cannot be without it', async () => {
    const owner = { plugin_id: 'nothing', subject: 'ann', added_at: at }
    await expect(db.insertInto('plugin_owners').values(owner).execute()).rejects.toThrow(/foreign key/i)
    expect(await db.selectFrom('plugin_owners').selectAll().execute()).toEqual([])
  })

  test('a second row with the same key is told from other failures', async () => {
    const tenant = { id: 'acme', name: 'Acme', created_at: at }
    await db.insertInto('tenants').values(tenant).execute()
    const twice = await db
      .insertInto('tenants')
      .values(tenant)
      .execute()
      .catch((error: unknown) => error)
    expect(isUniqueViolation(twice)).toBe(true)
    const orphan = await db
      .insertInto('plugin_owners')
      .values({ plugin_id: 'nothing', subject: 'ann', added_at: at })
      .execute()
      .catch((error: unknown) => error)
    expect(isUniqueViolation(orphan)).toBe(false)
  })

  test('a failed transaction leaves nothing', async () => {
    const failing = db.transaction().execute(async (trx) => {
      await trx.insertInto('tenants').values({ id: 'gone', name: 'Gone', created_at: at }).execute()
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await db.selectFrom('tenants').selectAll().where('id', '=', 'gone').execute()).toEqual([])
  })
})
