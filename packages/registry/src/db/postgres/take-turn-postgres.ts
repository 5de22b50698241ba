import { sql } from 'kysely'
import type { Queue } from '../engine.ts'
import type { Trx } from '../tables.ts'

/** "plexica" in ASCII, and which queue. */
const locks: Readonly<Record<Queue, string>> = { events: '31644380459262818', audit: '31644380459262819' }

/** Identity numbers are given out at once but can be read only after the commit: without turns, a later one may show first. */
export async function takeTurnInPostgres(trx: Trx, queue: Queue): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.raw(locks[queue])})`.execute(trx)
}
