import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../src/db/connect.ts'
import { migrate } from '../src/db/migrate.ts'
import type { Db } from '../src/db/tables.ts'
import type { CollectedQuery } from './collect-queries.ts'
import { startPostgres, type TestPostgres } from './start-postgres.ts'

/** Whose statements may read a whole table: what runs once, at night, or is a text search with indexes of its own. */
const mayScan = /^(db\/(migrat|lock|.*search|correct-words|.*describe|.*\/\d{4}-)|operations\/|.*\/sweep-)/

const queriesFolder = process.env.TEST_QUERIES ?? ''
let folder: string
let server: TestPostgres
const databases: Partial<Record<'sqlite' | 'postgres', Db>> = {}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plexica-plans-'))
  server = await startPostgres()
  databases.sqlite = connect({ engine: 'sqlite', path: join(folder, 'plexica.db') })
  databases.postgres = connect({ engine: 'postgres', url: server.url })
  for (const db of Object.values(databases)) await migrate(db)
})
afterAll(async () => {
  for (const db of Object.values(databases)) await db.destroy()
  await server.stop()
  for (const path of [folder, queriesFolder]) await rm(path, { recursive: true, force: true })
})

test.each(['sqlite', 'postgres'] as const)('no statement of a route reads a whole table on %s', async (engine) => {
  const queries = await collected(engine)
  // They come from the other tests of this run, which is why they are many.
  expect(queries.length, 'run all of the registry’s tests together with this one').toBeGreaterThan(50)
  const db = databases[engine]
  if (!db) throw new Error('there is no database')
  const tables = new Set((await db.introspection.getTables()).map(({ name }) => name))
  const slow: string[] = []
  for (const { from, sql: text } of queries) {
    const scans = engine === 'sqlite' ? sqliteScans(db, text) : postgresScans(db, text)
    const scanned = await scans.catch((error: Error) => {
      throw new Error(`${error.message}: ${text}`, { cause: error })
    })
    const whole = scanned.filter((name) => tables.has(tableOf(name, text)))
    if (whole.length > 0 && !isWalked(text)) slow.push(`${from}: ${whole.join(', ')}\n    ${text}`)
  }
  expect(slow).toEqual([])
})

async function collected(engine: CollectedQuery['engine']): Promise<CollectedQuery[]> {
  const queries = new Map<string, CollectedQuery>()
  for (const file of await readdir(queriesFolder).catch(() => [])) {
    for (const query of JSON.parse(await readFile(join(queriesFolder, file), 'utf8')) as CollectedQuery[]) {
      if (query.engine === engine && /^\s*(select|with|update|delete)\b/i.test(query.sql) && !mayScan.test(query.from))
        queries.set(query.sql, query)
    }
  }
  return [...queries.values()]
}

/** What a name in a plan stands for: a table, under an alias or not, or a part of the statement. */
function tableOf(name: string, text: string): string {
  const [, table] = new RegExp(`"?(\\w+)"? as "?${name}"?\\b`).exec(text) ?? []
  return table ?? name
}

/** A few rows in the order of their numbers are read off the table from its end, whatever its size. */
function isWalked(text: string): boolean {
  return /from "\w+" order by "number"( desc)? limit (\?|\$\d+)$/.test(text)
}

/** Names of what is visited row by row without an index: https://www.sqlite.org/eqp.html. */
async function sqliteScans(db: Db, text: string): Promise<string[]> {
  // The plan is the same for all values: null stands for each.
  const parts = text.split(/('[^']*'|"[^"]*")/).map((part) => (/^['"]/.test(part) ? part : part.split('?')))
  const query = parts.flatMap((part) => (typeof part === 'string' ? [sql.raw(part)] : [withNulls(part)]))
  const { rows } = await sql<{ detail: string }>`explain query plan ${sql.join(query, sql``)}`.execute(db)
  return rows.flatMap(({ detail }) => /^SCAN (\w+)$/.exec(detail)?.[1] ?? [])
}

function withNulls(parts: readonly string[]) {
  return sql.join(
    parts.flatMap((part, index) => (index === 0 ? [sql.raw(part)] : [sql`${null}`, sql.raw(part)])),
    sql``,
  )
}

/** The same: with sequential scans priced out, one that is planned all the same is one for which there is no index. */
async function postgresScans(db: Db, text: string): Promise<string[]> {
  return db.connection().execute(async (connection) => {
    await sql`set enable_seqscan = off`.execute(connection)
    // The plan for any values, which null stands for.
    await sql`set plan_cache_mode = force_generic_plan`.execute(connection)
    await sql`prepare query as ${sql.raw(text)}`.execute(connection)
    const count = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)))
    const values = sql.raw(count === 0 ? '' : `(${Array.from({ length: count }, () => 'null').join(', ')})`)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain execute query ${values}`.execute(connection)
    await sql`deallocate query`.execute(connection)
    return rows.flatMap((row) => /Seq Scan on (\w+)/.exec(row['QUERY PLAN'])?.[1] ?? [])
  })
}
