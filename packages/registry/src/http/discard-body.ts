import type { IncomingMessage } from 'node:http'

/** Bytes and milliseconds that a refused client may go on for: a whole package over a good line. */
const mostBytes = 64 * 1024 * 1024
const mostTime = 10_000

/**
 * Reads and forgets what a refused client still sends, so that it comes to reading the answer: closing at once would
 * reset the connection, and the answer with it (RFC 9112 section 9.6). Whoever sends on and on is cut off.
 */
export function discardBody(request: IncomingMessage): void {
  let bytes = 0
  const cut = () => request.destroy()
  const timer = setTimeout(cut, mostTime).unref()
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > mostBytes) cut()
  })
  request.on('close', () => clearTimeout(timer))
  request.on('error', () => {})
  request.resume()
}
