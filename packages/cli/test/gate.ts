import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where the gate stops the traffic: at the question who asks, in the middle of an upload, or before its answer. */
export type Barrier = 'account' | 'upload' | 'answer'

/**
 * Stands between plexica and the registry and lets everything through up to a barrier. What reaches the barrier stays
 * there until one side hangs up.
 */
export async function openGate(registry: string) {
  let barrier: Barrier | undefined
  let reached: () => void = () => undefined
  const server = createServer((incoming, outgoing) => {
    const isUpload = incoming.method === 'POST'
    if (barrier === 'account' && incoming.url?.endsWith('/whoami')) return reached()
    if (barrier === 'upload' && isUpload) return sendHalf(incoming)
    forward(incoming, outgoing, barrier === 'answer' && isUpload)
  })

  /** The registry gets the beginning of the package, and then hears that the sender is gone. */
  function sendHalf(incoming: IncomingMessage): void {
    const upstream = requestFor(incoming)
    incoming.once('data', (chunk: Buffer) => {
      incoming.pause()
      upstream.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), reached)
    })
    incoming.socket.once('close', () => upstream.destroy())
  }

  function forward(incoming: IncomingMessage, outgoing: ServerResponse, keepsAnswer: boolean): void {
    const upstream = requestFor(incoming).once('response', (answer) => {
      if (keepsAnswer) {
        answer.resume()
        return reached()
      }
      outgoing.writeHead(answer.statusCode as number, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(upstream)
    incoming.socket.once('close', () => upstream.destroy())
  }

  function requestFor({ method, url, headers }: IncomingMessage) {
    // A registry that hangs up because the gate did is what is wanted.
    return request(new URL(url as string, registry), { method, headers }).on('error', () => undefined)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Sets the barrier. The promise is kept when something stands before it. */
    stopAt: (place: Barrier) => {
      barrier = place
      return new Promise<void>((resolve) => {
        reached = resolve
      })
    },
    /** Lets everything through. */
    lift: () => {
      barrier = undefined
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
