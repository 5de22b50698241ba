import { ApiError, type Client } from './client.ts'
import type { Event } from './events.ts'

/** All in milliseconds. A stream that says nothing for three heartbeats is dead. */
const silence = 45_000
const firstPause = 1_000
const longestPause = 30_000

export interface FollowOptions {
  tenantId: string
  /** The number of the last event that was seen; without it, only what happens from now on. */
  after?: number
  /** Ends following, quietly. */
  signal?: AbortSignal
}

/**
 * A tenant's events as they happen, each once, in their order. A connection that breaks is made again and goes on after
 * the last event. Throws `ApiError` when the registry refuses: a key that is no longer good, a tenant that is not there.
 */
export async function* followEvents(
  client: Pick<Client, 'streamEvents'>,
  { tenantId, after, signal }: FollowOptions,
): AsyncGenerator<Event> {
  let last = after
  for (let pause = firstPause; !signal?.aborted; pause = Math.min(pause * 2, longestPause)) {
    const stalled = new AbortController()
    const until = signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal
    try {
      const query = last === undefined ? {} : { after: last }
      const response = await client.streamEvents({ params: { tenantId }, query, signal: until })
      for await (const { id, data } of frames(response, stalled)) {
        pause = firstPause
        last = id ?? last
        if (data !== undefined) yield JSON.parse(data)
      }
    } catch (error) {
      if (signal?.aborted) return
      if (!isPassing(error)) throw error
    }
    // A registry that restarts must not be asked by everybody at once.
    await sleep(pause * (0.5 + Math.random()), signal)
  }
}

/** Whether it may work a moment later; a stream that breaks off is told by `fetch`, not by the registry. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true
  const { status, code } = error
  return status >= 500 || status === 429 || code === 'registry_unreachable' || code === 'registry_timeout'
}

interface Frame {
  id?: number
  data?: string
}

/** The fields of an event stream (WHATWG HTML, server-sent events) that the registry uses. */
async function* frames(response: Response, stalled: AbortController): AsyncGenerator<Frame> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) return
  let text = ''
  try {
    for (;;) {
      const timer = setTimeout(() => stalled.abort(), silence)
      const { done, value } = await reader.read().finally(() => clearTimeout(timer))
      if (done) return
      text += value
      for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
        yield frameOf(text.slice(0, end))
        text = text.slice(end + 2)
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function frameOf(text: string): Frame {
  const frame: Frame = {}
  for (const line of text.split('\n')) {
    const [, name, value = ''] = /^(id|data): (.*)$/.exec(line) ?? []
    if (name === 'id') frame.id = Number(value)
    if (name === 'data') frame.data = value
  }
  return frame
}

function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal?.addEventListener('abort', end)
  })
}
