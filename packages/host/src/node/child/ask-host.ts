import { ask } from './channel.ts'
import type { WireFetched } from './messages.ts'
import { bytesOf, wireBytes } from './wire-values.ts'

/** `fetch` by way of the platform, which knows the hosts that the manifest declares. Bodies travel whole. */
export const askHost: typeof globalThis.fetch = async (input, init) => {
  const request = new Request(input, init)
  const { signal, url, method, redirect } = request
  signal.throwIfAborted()
  const body = wireBytes(new Uint8Array(await request.arrayBuffer()))
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })
  const asked = ask({ type: 'fetch', fetch: { url, method, headers: [...request.headers], body, redirect } })
  try {
    return responseOf((await Promise.race([asked, aborted])) as WireFetched)
  } catch (cause) {
    if (signal.aborted) throw cause
    throw new TypeError(`fetch failed: ${cause instanceof Error ? cause.message : 'unknown'}`, { cause })
  }
}

function responseOf({ status, statusText, headers, body, url, redirected }: WireFetched): Response {
  const bodiless = [204, 205, 304].includes(status)
  const response = new Response(bodiless ? null : bytesOf(body), { status, statusText, headers })
  return Object.defineProperties(response, { url: { value: url }, redirected: { value: redirected } })
}
