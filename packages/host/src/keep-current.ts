import type { Event } from '@plexica/api'
import { followEvents } from '@plexica/api/follow-events'
import type { Registry } from './connect-registry.ts'
import { pause } from './pause.ts'

export interface CurrentOptions {
  tenantId: string
  /** Milliseconds between two questions while there is no event stream. */
  pollEvery: number
  /** Asks for the tenant's plugins; over when the list is known. */
  ask(): Promise<unknown>
}

/** Milliseconds in which events become one question; not the same for all pages that hear of them. */
const gathering = { least: 50, more: 200 }
/** How many times less a page asks that nobody looks at. */
const hiddenFactor = 10
const concerns = /^(installation|plugin|version)\./

/**
 * Asks again whenever something happened to the tenant's plugins: told by the registry's event stream, and every so often
 * while that cannot be had. Returns how to stop.
 */
export function keepCurrent(registry: Pick<Registry, 'streamEvents'>, options: CurrentOptions): () => void {
  const { tenantId, pollEvery, ask } = options
  const over = new AbortController()
  const { signal } = over
  let streaming = false
  let asked = performance.now()
  let waiting = false
  let again = false

  /** Events come in bursts, and while the answer to an earlier question is on its way. */
  async function askSoon() {
    again = true
    if (waiting) return
    waiting = true
    while (again && !signal.aborted) {
      await pause(gathering.least + gathering.more * Math.random())
      if (signal.aborted) break
      again = false
      asked = performance.now()
      // Why it failed is in the host's status.
      await ask().catch(() => {})
    }
    waiting = false
  }

  async function follow() {
    while (!signal.aborted) {
      try {
        for await (const event of followEvents(source(), { tenantId, signal })) if (concernsPlugins(event)) askSoon()
      } catch {
        // Refused. Questions are asked meanwhile, and the stream once more as often as they are.
      }
      streaming = false
      await pause(pollEvery)
    }
  }

  /** What happened before a stream was open is not in it; when it breaks, it goes on where it was. */
  function source(): Pick<Registry, 'streamEvents'> {
    let isFirst = true
    return {
      async streamEvents(input) {
        streaming = false
        const response = await registry.streamEvents(input)
        streaming = true
        if (isFirst) askSoon()
        isFirst = false
        return response
      },
    }
  }

  function poll() {
    const due = pollEvery * (document.visibilityState === 'hidden' ? hiddenFactor : 1)
    if (!streaming && performance.now() - asked >= due) askSoon()
  }

  // More often than questions are due, for the moment in which somebody looks at the page again.
  const timer = setInterval(poll, pollEvery / 4)
  document.addEventListener('visibilitychange', poll)
  follow()
  return () => {
    over.abort()
    clearInterval(timer)
    document.removeEventListener('visibilitychange', poll)
  }
}

function concernsPlugins({ type }: Event): boolean {
  return concerns.test(type)
}
