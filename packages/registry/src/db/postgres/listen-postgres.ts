import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Client } from 'pg'
import type { Ears, Listening } from '../announcement.ts'
import type { Db } from '../tables.ts'

const channel = 'plexica'

/** All in milliseconds. A connection that has silently died is noticed after a beat and its timeout. */
const beat = 5_000
const beatTimeout = 5_000
const connectTimeout = 5_000
const firstPause = 100
const longestPause = 5_000

/** Fires when the transaction commits, and never when it does not. */
export async function announceInPostgres(db: Db, text: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${text})`.execute(db)
}

/** Listens on a connection of its own, and makes a new one when it is lost. */
export function listenPostgres(url: string, ears: Ears): Listening {
  const stopped = new AbortController()
  const running = keepListening(url, ears, stopped.signal)
  return {
    stop: async () => {
      stopped.abort()
      await running
    },
  }
}

async function keepListening(url: string, ears: Ears, stopped: AbortSignal): Promise<void> {
  for (let pause = firstPause; !stopped.aborted; pause = Math.min(pause * 2, longestPause)) {
    const heardFrom = await listenOnce(url, ears, stopped)
    if (heardFrom) pause = firstPause
    // Processes that lost the same server do not come back at the same moment.
    await wait(pause * (0.5 + Math.random()), undefined, { signal: stopped }).catch(() => undefined)
  }
}

/** Listens until the connection is lost or no longer wanted; false when there was none. */
async function listenOnce(url: string, ears: Ears, stopped: AbortSignal): Promise<boolean> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectTimeout,
    query_timeout: beatTimeout,
    application_name: 'plexica-registry listener',
    keepAlive: true,
  })
  const lost = new AbortController()
  const ended = AbortSignal.any([lost.signal, stopped])
  client.on('error', () => lost.abort())
  client.on('end', () => lost.abort())
  client.on('notification', ({ payload }) => ears.heard(payload ?? ''))
  let isUp = false
  try {
    await client.connect()
    await client.query(`listen ${channel}`)
    isUp = true
    ears.up()
    while (!ended.aborted) {
      await wait(beat, undefined, { signal: ended })
      await client.query('select 1')
    }
  } catch {
    // Lost, or stopped: either way this connection is over.
  }
  if (isUp) ears.down()
  await endOf(client)
  return isUp
}

/** A server that says nothing any more does not answer a farewell either. */
async function endOf(client: Client): Promise<void> {
  const ended = once(client, 'end', { signal: AbortSignal.timeout(1_000) }).catch(() => undefined)
  await Promise.race([client.end().catch(() => undefined), ended])
}
