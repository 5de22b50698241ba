import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { type DatabaseLocation, readConfig } from '../src/config.ts'
import { connect } from '../src/db/connect.ts'

/** A database of a test's own. */
export interface FreshDatabase {
  /** The address that the settings take. */
  readonly url: string
  readonly location: DatabaseLocation
  drop(): Promise<void>
}

/**
 * A new database on the engine that this run of the tests is for: `TEST_POSTGRES_URL` names a server whose superuser it
 * is, and without it the database is a SQLite file in the folder.
 */
export async function freshDatabase(folder: string): Promise<FreshDatabase> {
  const server = testServer()
  if (server === undefined) {
    const path = join(folder, 'plexica.db')
    return { url: `sqlite:${path}`, location: { engine: 'sqlite', path }, drop: async () => undefined }
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    location: { engine: 'postgres', url: url.href },
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  }
}

/** The PostgreSQL server of this run; undefined when it is for SQLite. */
export function testServer(): string | undefined {
  return process.env.TEST_ENGINE === 'postgres' ? process.env.TEST_POSTGRES_URL : undefined
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** All that stands in the tables of a database, as one text. */
export async function everyRow(databaseUrl: string): Promise<string> {
  const read = readConfig({ PLEXICA_DATABASE_URL: databaseUrl })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  const db = connect(read.config.database)
  const tables = await db.introspection.getTables()
  const contents = []
  for (const { name } of tables) contents.push((await sql`select * from ${sql.table(name)}`.execute(db)).rows)
  await db.destroy()
  return JSON.stringify(contents)
}
