import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database as SqliteDatabase } from 'better-sqlite3'
import type { Client } from 'pg'
import { afterAll, expect } from 'vitest'

/** A statement that the registry ran while it was being tested. */
export interface CollectedQuery {
  readonly engine: 'sqlite' | 'postgres'
  readonly sql: string
  /** File of the registry that asked, from its `src`. */
  readonly from: string
}

declare global {
  var queriesHeard: Map<string, CollectedQuery> | undefined
}

// Every statement that a registry in a test's process runs is kept, once, for `query-plans.test.ts`.
const folder = process.env.TEST_QUERIES
if (folder !== undefined && expect.getState().testPath?.includes('/packages/registry/test/')) {
  const seen = await listen()
  afterAll(() => {
    mkdirSync(folder, { recursive: true })
    const kept = [...seen.values()].filter(({ from }) => from !== '')
    writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(kept))
  })
}

/** Listens at both drivers, in each process once: this runs before each of its files. Gives what was heard so far. */
async function listen(): Promise<Map<string, CollectedQuery>> {
  if (globalThis.queriesHeard) return globalThis.queriesHeard
  const { default: Database } = await import('better-sqlite3')
  const { default: pg } = await import('pg')
  const seen = new Map<string, CollectedQuery>()
  globalThis.queriesHeard = seen
  // By the driver that ran it: a test that moves a registry has both engines.
  const keep = (engine: CollectedQuery['engine'], sql: unknown) => {
    if (typeof sql !== 'string' || seen.has(engine + sql)) return
    seen.set(engine + sql, { engine, sql, from: asker() })
  }

  const { prepare } = Database.prototype
  Database.prototype.prepare = function (this: SqliteDatabase, source: string) {
    keep('sqlite', source)
    return prepare.call(this, source)
  } as typeof prepare
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: Client, ...given: Parameters<typeof query>) {
    keep('postgres', typeof given[0] === 'string' ? given[0] : (given[0] as { text?: string })?.text)
    return query.apply(this, given)
  } as typeof query
  return seen
}

/** The nearest file that awaits this query, if it is the registry's and not a test's. */
function asker(): string {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 60
  const { stack = '' } = new Error('where')
  Error.stackTraceLimit = stackTraceLimit
  for (const [, place = '', file = ''] of stack.matchAll(/packages\/registry\/(src|test)\/([\w./-]+\.ts)/g)) {
    if (file === 'collect-queries.ts' || /^db\/(sqlite|postgres)\/connect/.test(file)) continue
    return place === 'src' ? file : ''
  }
  return ''
}
