import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { RegistryError } from '../http/registry-error.ts'
import type { World } from '../world.ts'

/** A part that has not answered after so many milliseconds counts as down: whoever asks waits for a few seconds only. */
const patience = 2_000

/** Asks database and blob store for a sign of life. Throws `storage_unavailable` with the names of those that are down. */
export async function checkReadiness(
  world: Pick<World, 'db' | 'blobs' | 'log'>,
): Promise<{ database: 'ok'; blobs: 'ok' }> {
  const checks = {
    database: sql`select 1`.execute(world.db),
    blobs: world.blobs.check(),
  }
  const down = await Promise.all(
    Object.entries(checks).map(async ([name, answer]) => {
      const problem = await problemOf(answer)
      if (problem) world.log.warn({ part: name, err: problem }, 'not ready')
      return problem ? [name] : []
    }),
  )
  const names = down.flat()
  if (names.length > 0) {
    const parts = Object.fromEntries(Object.keys(checks).map((name) => [name, names.includes(name) ? 'down' : 'ok']))
    throw new RegistryError('storage_unavailable', `Not reachable: ${names.join(' and ')}.`, { parts })
  }
  return { database: 'ok', blobs: 'ok' }
}

async function problemOf(answer: Promise<unknown>): Promise<unknown> {
  const stop = new AbortController()
  const late = wait(patience, new Error(`no answer within ${patience} ms`), { signal: stop.signal, ref: false })
  const answered = answer.then(
    () => undefined,
    (error: unknown) => error,
  )
  const problem = await Promise.race([answered, late.catch(() => undefined)])
  stop.abort()
  return problem
}
