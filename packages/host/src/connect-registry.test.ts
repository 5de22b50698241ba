import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApiError, createClient } from '@plexica/api'
import { afterEach, expect, test } from 'vitest'
import { connectRegistry } from './connect-registry.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  closing.push(() => server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const params = { tenantId: 'acme' }
const reports = [{ pluginId: 'notes', version: '1.0.0', variant: 'a' as const, loads: [1] }]

test('asks as the client for everything does', async () => {
  const asked: unknown[] = []
  const url = await serve(async (request, response) => {
    const { method, url, headers } = request
    const { authorization, 'content-type': type } = headers
    asked.push({ method, url, authorization, type, body: Buffer.concat(await request.toArray()).toString() })
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  for (const connect of [connectRegistry, createClient]) {
    const registry = connect({ url: `${url}/behind/`, token: 'a-token' })
    await registry.listInstallations({ params, query: { enabled: true, skip: 0, take: 100 } })
    await (await registry.streamEvents({ params, query: { after: 7 } })).body?.cancel()
    await registry.reportTelemetry({ params, body: { reports } })
  }
  expect(asked).toHaveLength(6)
  expect(asked.slice(0, 3)).toEqual(asked.slice(3))
})

test.each([
  [401, { code: 'key_invalid', detail: 'No.', fix: 'Look.' }, { code: 'key_invalid', status: 401, message: 'No.' }],
  [502, 'a proxy', { code: 'registry_answer_invalid', status: 502 }],
])('what is answered with %i is an error that says why', async (status, body, expected) => {
  const url = await serve((_, response) => response.writeHead(status).end(JSON.stringify(body)))
  const refused = connectRegistry({ url }).listInstallations({ params })
  await expect(refused).rejects.toThrow(ApiError)
  await expect(refused).rejects.toMatchObject(expected)
})

test('a registry that is not there is one as well, and what was called off is none', async () => {
  const url = await serve((request) => request.destroy())
  const registry = connectRegistry({ url })
  await expect(registry.listInstallations({ params })).rejects.toMatchObject({
    code: 'registry_unreachable',
    status: 0,
  })
  const signal = AbortSignal.abort(new Error('another question'))
  await expect(registry.listInstallations({ params, signal })).rejects.toThrow('another question')
})
