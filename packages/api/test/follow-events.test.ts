import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { ApiError, createClient, followEvents } from '../src/index.ts'

type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** A registry whose connections are answered one after the other; the last answer stays. */
async function registryOf(...answers: Answer[]) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]
    asked.push(request.url ?? '')
    answer?.(response, request)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { asked, client: createClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }) }
}

const stream = { 'content-type': 'text/event-stream' }
const block = (number: number) => `id: ${number}\nevent: version.yanked\ndata: ${JSON.stringify({ number })}\n\n`

test('goes on after the last event when the connection breaks, and ends quietly', async () => {
  const { asked, client } = await registryOf(
    (response) => {
      // In parts that are no blocks.
      const text = `retry: 2000\nid: 4\n\n${block(5)}: beat\nid: 7\n\n${block(8)}`
      response.writeHead(200, stream).write(text.slice(0, 40))
      setTimeout(() => {
        response.write(text.slice(40))
        setTimeout(() => response.destroy(), 50)
      }, 20)
    },
    (response) => response.writeHead(503, { 'content-type': 'text/html' }).end('away'),
    (response) => response.writeHead(200, stream).write(`id: 8\n\n${block(9)}`),
  )
  const stop = new AbortController()
  const numbers: number[] = []
  for await (const { number } of followEvents(client, { tenantId: 'acme', signal: stop.signal })) {
    numbers.push(number)
    if (number === 9) stop.abort()
  }
  expect(numbers).toEqual([5, 8, 9])
  const address = '/api/tenants/acme/events'
  expect(asked).toEqual([address, `${address}?after=8`, `${address}?after=8`])
})

test('throws what will not pass', async () => {
  const problem = { code: 'key_revoked', detail: 'The key was revoked.', fix: 'Ask for a new one.' }
  const { client } = await registryOf((response) =>
    response.writeHead(401, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem)),
  )
  const following = followEvents(client, { tenantId: 'acme' }).next()
  await expect(following).rejects.toBeInstanceOf(ApiError)
  await expect(following).rejects.toMatchObject({ code: 'key_revoked' })
})
