import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly path: string
  readonly id: string
  readonly timestamp: string
  readonly signature: string
  readonly text: string
  readonly json: { type: string; timestamp: string; data: Record<string, unknown> }
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** A server of somebody who gets webhooks. It takes everything until it is told otherwise. */
export async function startReceiver() {
  const received: Received[] = []
  let answer: Answer = (response) => response.writeHead(204).end()
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const header = (name: string) => String(request.headers[name])
    received.push({
      path: request.url ?? '',
      id: header('webhook-id'),
      timestamp: header('webhook-timestamp'),
      signature: header('webhook-signature'),
      text,
      json: JSON.parse(text),
    })
    answer(response, request)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    /** What came to a path, so that tests do not see each other’s. */
    at: (path: string) => received.filter((one) => one.path === path),
    answers(next: Answer) {
      answer = next
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Verifies as the Standard Webhooks specification has it. */
export function isSigned({ id, timestamp, signature, text }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${text}`).digest()
  const [version, given = ''] = signature.split(',')
  const bytes = Buffer.from(given, 'base64')
  return version === 'v1' && bytes.length === expected.length && timingSafeEqual(bytes, expected)
}
