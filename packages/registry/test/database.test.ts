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
    screenshot: 'text?',
    average_rating: 'real',
    rating_count: 'integer',
    download_count: 'integer',
    install_count: 'integer',
    published_at: 'text?',
    visibility: 'text',
    created_at: 'text',
    updated_at: 'text',
  },
  plugin_owners: { plugin_id: 'text', subject: 'text', added_at: 'text' },
  plugin_tenants: { plugin_id: 'text', tenant_id: 'text', granted_by: 'text', granted_at: 'text' },
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
    yanked_at: 'text?',
    blob_removed_at: 'text?',
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
    claimed_by: 'text?',
    claimed_at: 'text?',
    risk: 'integer',
    points: 'text',
    point_marks: 'text',
  },
  api_keys: {
    id: 'text',
    hash: 'text',
    subject: 'text',
    role: 'text',
    tenant_id: 'text?',
    permissions: 'text?',
    plugins: 'text?',
    trusted: 'integer',
    description: 'text?',
    created_at: 'text',
    last_used_at: 'text?',
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
    experiment: 'text?',
    sandboxed: 'integer',
  },
  installation_history: {
    number: 'integer',
    tenant_id: 'text',
    plugin_id: 'text',
    action: 'text',
    version: 'text',
    previous_version: 'text?',
    actor: 'text',
    happened_at: 'text',
    changed: 'text',
    left_configuration: 'text?',
    left_secrets: 'text?',
    left_permissions: 'text?',
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
  plugin_days: {
    plugin_id: 'text',
    day: 'text',
    downloads: 'integer',
    download_bytes: 'integer',
    installs: 'integer',
    uninstalls: 'integer',
    enabled_change: 'integer',
  },
  counted_installations: { tenant_id: 'text', plugin_id: 'text', enabled: 'integer' },
  advisories: {
    id: 'text',
    modified: 'text',
    withdrawn: 'text?',
    summary: 'text',
    severity: 'text?',
    link: 'text?',
    aliases: 'text',
  },
  advisory_packages: { advisory_id: 'text', position: 'integer', package: 'text', affected: 'text' },
  version_advisories: {
    plugin_id: 'text',
    version: 'text',
    advisory_id: 'text',
    package: 'text',
    package_version: 'text',
    fixed: 'text?',
    first_seen: 'text',
  },
  sessions: {
    hash: 'text',
    key_id: 'text?',
    subject: 'text?',
    role: 'text?',
    tenant_id: 'text?',
    created_at: 'text',
    expires_at: 'text',
  },
  trusted_publishers: {
    plugin_id: 'text',
    place: 'integer',
    issuer: 'text',
    anchor: 'text',
    claims: 'text',
    added_by: 'text',
    added_at: 'text',
  },
  spent_tokens: { hash: 'text', expires_at: 'text' },
  audit: {
    number: 'integer',
    happened_at: 'text',
    actor: 'text',
    role: 'text?',
    key_id: 'text?',
    actor_tenant_id: 'text?',
    address: 'text',
    operation: 'text',
    plugin_id: 'text?',
    version: 'text?',
    tenant_id: 'text?',
    params: 'text',
    outcome: 'text',
    status: 'integer',
    code: 'text?',
    request_id: 'text',
    calls: 'integer',
    hash: 'text',
  },
  rate_limits: { bucket: 'text', full_at: 'integer' },
  event_cursors: { follower: 'text', number: 'integer' },
  webhooks: {
    id: 'text',
    url: 'text',
    description: 'text?',
    scope: 'text',
    tenant_id: 'text?',
    event_types: 'text',
    secret: 'text',
    disabled_at: 'text?',
    disabled_reason: 'text?',
    failing_since: 'text?',
    created_by: 'text',
    created_at: 'text',
    updated_at: 'text',
  },
  webhook_deliveries: {
    id: 'text',
    webhook_id: 'text',
    event_number: 'integer?',
    type: 'text',
    body: 'text',
    state: 'text',
    attempts: 'integer',
    next_attempt_at: 'text',
    last_attempt_at: 'text?',
    last_status: 'integer?',
    last_error: 'text?',
    created_at: 'text',
  },
  notifications: {
    number: 'integer',
    event_number: 'integer',
    recipient: 'text',
    kind: 'text',
    plugin_id: 'text',
    version: 'text?',
    data: 'text',
    happened_at: 'text',
  },
  notification_reads: { notification: 'integer', subject: 'text', read_at: 'text' },
  blob_sweeps: { name: 'text', began_at: 'text' },
  telemetry_times: {
    tenant_id: 'text',
    plugin_id: 'text',
    day: 'text',
    version: 'text',
    variant: 'text',
    measure: 'text',
    bucket: 'integer',
    count: 'integer',
  },
  telemetry_errors: {
    tenant_id: 'text',
    plugin_id: 'text',
    day: 'text',
    version: 'text',
    variant: 'text',
    code: 'text',
    component: 'text',
    count: 'integer',
    message: 'text',
    last_at: 'text',
  },
  search_beginnings: { beginning: 'text', popularity: 'integer', number: 'integer' },
}

test('the tables that the code knows are those that the migrations make', async () => {
  const tables = await db.introspection.getTables()
  const found = tables
    .filter(({ name }) => !/^(plugin_search|search_(?!beginnings))/.test(name))
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
