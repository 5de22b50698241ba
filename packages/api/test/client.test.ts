import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ApiError, type Client, createClient } from '../src/index.ts'

let server: Server
let url: string
let client: Client
let answer: (request: IncomingMessage, response: ServerResponse) => void
const requests: { method: string; url: string; headers: IncomingMessage['headers']; body: Buffer }[] = []

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk)
    } catch {
      // The client gave up, as some tests want it to.
      return
    }
    requests.push({
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks),
    })
    answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  client = createClient({ url, token: 'plx_some-key' })
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  requests.length = 0
  answer = json({})
})

function json(value: unknown, status = 200, type = 'application/json') {
  return (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': type }).end(JSON.stringify(value))
  }
}

function text(content: string, status = 200, type = 'text/html') {
  return (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': type }).end(content)
  }
}

async function errorOf(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => expect.fail('the call succeeded'),
    (reason) => reason,
  )
  expect(error).toBeInstanceOf(ApiError)
  expect(error.fix).toMatch(/\.$/)
  return error
}

const digest = `sha256-${'a'.repeat(64)}`

describe('what is sent', () => {
  test('method, path, key and JSON', async () => {
    answer = json({ status: 'published' })
    const body = { version: '1.0.0', digest }
    expect(await client.approveVersion({ params: { pluginId: 'sales-chart' }, body })).toEqual({ status: 'published' })
    expect(requests).toMatchObject([
      {
        method: 'POST',
        url: '/api/plugins/sales-chart/approve',
        headers: { authorization: 'Bearer plx_some-key', 'content-type': 'application/json' },
      },
    ])
    expect(JSON.parse(requests[0]?.body.toString() ?? '')).toEqual(body)
  })

  test('no key and no content type where there is none', async () => {
    await createClient({ url }).listPlugins()
    await createClient({ url, token: '' }).listPlugins()
    for (const { headers } of requests) {
      expect(headers).not.toHaveProperty('authorization')
      expect(headers).not.toHaveProperty('content-type')
    }
  })

  test('lists in a query, one by one', async () => {
    await client.searchPlugins({
      query: { q: 'a b&c=d/é', category: ['content', 'analytics'], minRating: 4.5 },
    })
    expect(requests[0]?.url).toBe(
      '/api/plugins/search?q=a+b%26c%3Dd%2F%C3%A9&category=content&category=analytics&minRating=4.5',
    )
  })

  test('parameters cannot leave their place in the path', async () => {
    await client.getVersion({ params: { pluginId: 'a/b?c#d', version: '1.0.0+x y%2F' } })
    await client.getBundleFile({ params: { pluginId: 'x', version: '1.0.0', path: ['chunks', 'a b/../c.js'] } })
    expect(requests.map((request) => request.url)).toEqual([
      '/api/plugins/a%2Fb%3Fc%23d/versions/1.0.0%2Bx%20y%252F',
      '/plugins/bundles/x/v1.0.0/chunks/a%20b%2F..%2Fc.js',
    ])
  })

  test.each(['..', '.', ''])('%j is no parameter: it would be another address', async (pluginId) => {
    expect(await errorOf(client.getPlugin({ params: { pluginId } }))).toMatchObject({
      code: 'request_invalid',
      status: 0,
    })
    const params = { pluginId: 'x', version: '1.0.0', path: ['assets', pluginId, 'x'] }
    expect(await errorOf(client.getBundleFile({ params }))).toMatchObject({ code: 'request_invalid' })
    expect(requests).toEqual([])
  })

  test('a parameter that is missing is a mistake in the program', async () => {
    await expect(client.getPlugin({ params: {} as { pluginId: string } })).rejects.toThrow(TypeError)
  })

  test.each(['', '/', '/registry', '/registry/', '/registry//?x=1#y'])('an address that ends in %j', async (end) => {
    await createClient({ url: url + end }).getPlugin({ params: { pluginId: 'x' } })
    expect(requests[0]?.url).toBe(`${end.includes('registry') ? '/registry' : ''}/api/plugins/x`)
  })

  test('a body as a stream, part by part', async () => {
    answer = json({ created: true }, 201)
    async function* parts() {
      for (let part = 0; part < 5; part++) yield Buffer.alloc(100_000, part)
    }
    expect(await client.publishPlugin({ body: parts(), query: { submit: false } })).toEqual({ created: true })
    expect(requests).toMatchObject([
      { method: 'POST', url: '/api/plugins?submit=false', headers: { 'content-type': 'application/gzip' } },
    ])
    expect(requests[0]?.body.equals(Buffer.concat([0, 1, 2, 3, 4].map((part) => Buffer.alloc(100_000, part))))).toBe(
      true,
    )
  })

  test('a web stream is a body too', async () => {
    await client.preflight({ body: new Blob(['some bytes']).stream() })
    expect(requests[0]?.body.toString()).toBe('some bytes')
  })
})

describe('answers', () => {
  test('bytes come as the response itself', async () => {
    answer = text('bytes', 200, 'application/gzip')
    const response = await client.getPackage({ params: { pluginId: 'x', version: '1.0.0' } })
    expect([response.status, await response.text()]).toEqual([200, 'bytes'])
  })

  test('nothing comes as undefined', async () => {
    answer = (_request, response) => response.writeHead(204).end()
    expect(await client.revokeKey({ params: { keyId: 'x' } })).toBeUndefined()
  })

  test('a problem comes with its code, fix, findings and request id', async () => {
    const finding = { code: 'x', severity: 'error', message: 'M.', fix: 'F.' }
    const problem = {
      type: 'urn:plexica:error:package_refused',
      title: 'The package has errors.',
      status: 422,
      detail: 'Two errors.',
      code: 'package_refused',
      fix: 'Mend them.',
      findings: [finding],
      requestId: 'r-1',
    }
    answer = json(problem, 422, 'application/problem+json; charset=utf-8')
    const error = await errorOf(client.publishPlugin({ body: new Blob(['x']).stream() }))
    expect(error).toMatchObject({
      name: 'ApiError',
      code: 'package_refused',
      status: 422,
      message: 'Two errors.',
      fix: 'Mend them.',
      findings: [finding],
      requestId: 'r-1',
    })
  })

  test.each([
    ['a page with a good status', text('<html>Log in</html>')],
    ['a page of a proxy', text('<html>Bad gateway</html>', 502)],
    ['JSON that ends early', text('{"plugins":[', 200, 'application/json')],
    ['an error that is not a problem', json({ message: 'nope' }, 404)],
    ['an error that is null', json(null, 500)],
    ['an error without a type', (_: IncomingMessage, response: ServerResponse) => response.writeHead(403).end('no')],
    ['nothing where there should be something', (_: IncomingMessage, response: ServerResponse) => response.end()],
  ])('%s is told from a registry', async (_name, wrong) => {
    answer = wrong
    const error = await errorOf(client.listPlugins())
    expect(error).toMatchObject({ code: 'registry_answer_invalid', message: expect.stringContaining(url) })
    expect(error.status).toBeGreaterThanOrEqual(200)
  })
})

describe('no answer', () => {
  test('nobody listens', async () => {
    const free = createTcpServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const { port } = free.address() as AddressInfo
    free.close()
    const error = await errorOf(createClient({ url: `http://127.0.0.1:${port}` }).getHealth())
    expect(error).toMatchObject({ code: 'registry_unreachable', status: 0 })
    expect(error.message).toMatch(/cannot be reached: .*ECONNREFUSED/)
    // A name with several numbers fails with one error for each, and no sentence of its own.
    const local = await errorOf(createClient({ url: `http://localhost:${port}` }).getHealth())
    expect(local.message).toMatch(/cannot be reached: .*ECONNREFUSED/)
  })

  test.each(['', 'plugins.example.com', 'localhost:4873', 'file:///etc', 'not an address'])(
    '%j is no address',
    async (wrong) => {
      const error = await errorOf(createClient({ url: wrong }).getHealth())
      expect(error).toMatchObject({
        code: 'registry_unreachable',
        message: expect.stringContaining('is not the address'),
      })
    },
  )

  test('a key that cannot be sent is refused without being shown', async () => {
    const error = await errorOf(createClient({ url, token: 'plx_secret\n' }).whoami())
    expect(error.code).toBe('key_invalid')
    expect(JSON.stringify([error.message, error.fix, String(error.cause)])).not.toContain('secret')
  })

  test('a connection that breaks before and in the middle of an answer', async () => {
    answer = (request) => request.socket.destroy()
    expect(await errorOf(client.listPlugins())).toMatchObject({ code: 'registry_unreachable' })
    answer = (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"plug', () => request.socket.destroy())
    }
    expect(await errorOf(client.listPlugins())).toMatchObject({ code: 'registry_unreachable' })
  })

  test('a registry that says nothing, or stops in the middle of its answer', async () => {
    const hasty = createClient({ url, timeout: 100 })
    answer = () => {}
    expect(await errorOf(hasty.listPlugins())).toMatchObject({ code: 'registry_timeout', status: 0 })
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{')
    }
    expect(await errorOf(hasty.listPlugins())).toMatchObject({ code: 'registry_timeout' })
  })

  test('an upload that moves may take longer than the time limit, and so may a download', async () => {
    const hasty = createClient({ url, timeout: 200 })
    async function* slowly() {
      for (let part = 0; part < 6; part++) {
        await wait(80)
        yield Buffer.alloc(10)
      }
    }
    await hasty.preflight({ body: slowly() })
    expect(requests[0]?.body).toHaveLength(60)
    answer = async (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/gzip' })
      for (let part = 0; part < 4; part++) {
        response.write('x')
        await wait(100)
      }
      response.end()
    }
    const response = await hasty.getPackage({ params: { pluginId: 'x', version: '1.0.0' } })
    expect(await response.text()).toBe('xxxx')
  })

  test('an upload whose source stops moving is given up', async () => {
    async function* stuck() {
      yield Buffer.alloc(10)
      await wait(5_000, undefined, { ref: false })
    }
    const hasty = createClient({ url, timeout: 100 })
    expect(await errorOf(hasty.preflight({ body: stuck() }))).toMatchObject({ code: 'registry_timeout' })
  })

  test('a source that fails is not taken for a registry that does', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(10)
      throw new RangeError('the disk is gone')
    }
    await expect(client.preflight({ body: failing() })).rejects.toThrow(new RangeError('the disk is gone'))
  })
})

describe('giving up', () => {
  test('throws the reason of the signal, at once', async () => {
    answer = () => {}
    const controller = new AbortController()
    const call = client.listPlugins({ signal: controller.signal })
    setTimeout(() => controller.abort(new RangeError('enough')), 50)
    await expect(call).rejects.toThrow(new RangeError('enough'))
    await expect(client.listPlugins({ signal: AbortSignal.abort(new RangeError('before')) })).rejects.toThrow('before')
  })

  test('works while bytes are being read', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/gzip' }).write('x')
    }
    const controller = new AbortController()
    const params = { pluginId: 'x', version: '1.0.0' }
    const response = await client.getPackage({ params, signal: controller.signal })
    setTimeout(() => controller.abort(new RangeError('enough')), 50)
    await expect(response.text()).rejects.toThrow('enough')
  })
})
