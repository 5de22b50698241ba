import type { Event } from '@plexica/api'
import { followEvents } from '@plexica/api/follow-events'
import { useEffect, useEffectEvent } from 'react'
import { registry } from './client.ts'

const listeners = new Set<(event: Event) => void>()

/** Calls with each event of the tenant that is followed. */
export function useTenantEvents(listener: (event: Event) => void): void {
  const tell = useEffectEvent(listener)
  useEffect(() => {
    const listen = (event: Event) => tell(event)
    listeners.add(listen)
    return () => {
      listeners.delete(listen)
    }
  }, [])
}

/**
 * Follows a tenant's events as long as the window is seen; a window that was hidden goes on after the last one. A browser
 * has few connections to one registry, and windows that nobody sees would hold them all. Gives what ends it.
 * @param onFirst the stream tells everything from now on; what was asked before may have changed since.
 */
export function followTenant(tenantId: string, onFirst: () => void): () => void {
  let last: number | undefined
  let following = new AbortController()
  const streamEvents: typeof registry.streamEvents = async (input) => {
    const stream = await registry.streamEvents(input)
    if (last === undefined) onFirst()
    return stream
  }
  const follow = async ({ signal }: AbortController) => {
    try {
      const after = last === undefined ? {} : { after: last }
      for await (const event of followEvents({ streamEvents }, { tenantId, signal, ...after })) {
        last = event.number
        for (const tell of [...listeners]) tell(event)
      }
    } catch {
      // Whatever is asked next is refused as well, and says so where somebody reads it.
    }
  }
  const turn = () => {
    following.abort()
    if (document.visibilityState !== 'visible') return
    following = new AbortController()
    void follow(following)
  }
  turn()
  document.addEventListener('visibilitychange', turn)
  return () => {
    document.removeEventListener('visibilitychange', turn)
    following.abort()
  }
}
