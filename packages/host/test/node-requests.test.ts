import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Backend, openBackend } from '../src/node/index.ts'
import { startWitness, type Witness } from './witness.ts'

let backend: Backend
let witness: Witness

const source = `
const show = async ({ method, path, params, query, headers, body }) => ({
  body: {
    method, path, params, query: [...query], headers: Object.fromEntries(headers),
    body: body instanceof Uint8Array ? 'bytes ' + [...body] : body ?? null,
  },
})
const answers = {
  nothing: undefined,
  empty: {},
  text: { body: 'text' },
  bytes: { body: new Uint8Array([0, 255]) },
  json: { status: 201, body: [1], headers: { 'Content-Type': 'application/vnd.a+json', 'cache-control': 'no-store' } },
  redirect: { status: 303, headers: { location: '/elsewhere' } },
  page: { body: '<script>alert(1)</script>', headers: { 'content-type': 'text/html', 'content-security-policy': 'x' } },
  headers: { headers: new Headers({ etag: '"1"', 'access-control-allow-origin': '*', 'X-Sendfile': '/etc/hosts' }) },
  unchanged: { status: 304 },
  early: { status: 103 },
  word: { status: '200' },
  plain: 'text',
  unknown: { statusCode: 200 },
  broken: { headers: { 'a b': 'c' } },
  large: { body: 'x'.repeat(1500) },
}
export const routes = {
  'POST /show/:id': show,
  'GET /show/:id': show,
  'GET /secret': () => ({ body: 'for those who may' }),
  'GET /answers/:name': ({ params }) => answers[params.name],
  'POST /fetch': async ({ body }, { fetch }) => {
    try {
      const answer = await fetch(body.url, body.init)
      return { body: [answer.status, answer.redirected, (await answer.text()).slice(0, 100)] }
    } catch (error) { return { body: [error.name, error.cause?.code ?? null] } }
  },
}`

beforeAll(async () => {
  witness = await startWitness()
  backend = openBackend(
    {
      pluginId: 'answers',
      tenantId: 'acme',
      source,
      configuration: {},
      grantedPermissions: [],
      manifest: {
        network: ['localhost', '*.example.com'],
        backend: {
          entry: 'dist/backend.mjs',
          routes: [
            { method: 'POST', path: '/show/:id' },
            { method: 'GET', path: '/show/:id' },
            { method: 'GET', path: '/secret', permission: 'orders:read' },
            { method: 'GET', path: '/answers/:name' },
            { method: 'POST', path: '/fetch' },
          ],
        },
      },
    },
    { limits: { bodyBytes: 1_000 } },
  )
  await backend.start()
})
afterAll(async () => {
  await backend?.stop()
  await witness?.close()
})

const ask = (path: string, init: RequestInit = {}, permissions: string[] = []) =>
  backend.handle(new Request(`http://plugin${path}`, init), { permissions })

async function problemOf(answer: Promise<Response>) {
  const response = await answer
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const { status, code } = await response.json()
  expect(response.status).toBe(status)
  return `${status} ${code}`
}

test('a request arrives whole, without what its caller signs in with', async () => {
  const answer = await ask('/show/a%20b?x=1&x=2', {
    method: 'POST',
    headers: { 'content-type': 'text/csv', cookie: 'session=1', authorization: 'Bearer 1', 'x-trace': 't' },
    body: 'a;b',
  })
  expect(await answer.json()).toEqual({
    method: 'POST',
    path: '/show/a%20b',
    params: { id: 'a b' },
    query: [
      ['x', '1'],
      ['x', '2'],
    ],
    headers: { 'content-type': 'text/csv', 'x-trace': 't' },
    body: 'a;b',
  })
})

test.each([
  ['application/json', '{"__proto__":[1]}', JSON.parse('{"__proto__":[1]}')],
  ['application/problem+json; charset=utf-8', '"a"', 'a'],
  ['application/x-www-form-urlencoded', 'a=1', 'a=1'],
  ['application/octet-stream', Buffer.from([0, 255]), 'bytes 0,255'],
  ['application/json', '', null],
])('a body of %s', async (type, body, expected) => {
  const answer = await ask('/show/1', { method: 'POST', headers: { 'content-type': type }, body })
  expect(await answer.text()).toContain(`"body":${JSON.stringify(expected)}`)
})

test.each([
  ['/nothing', {}, '404 backend_route_not_found'],
  ['/show/1', { method: 'DELETE' }, '405 backend_method_not_allowed'],
  ['/secret', {}, '403 backend_forbidden'],
  ['/show/1', { method: 'POST', body: 'x'.repeat(1_001) }, '413 backend_request_too_large'],
  [
    '/show/1',
    { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
    '400 backend_request_invalid',
  ],
  ['/answers/early', {}, '502 backend_answer_invalid'],
  ['/answers/word', {}, '502 backend_answer_invalid'],
  ['/answers/plain', {}, '502 backend_answer_invalid'],
  ['/answers/unknown', {}, '502 backend_answer_invalid'],
  ['/answers/broken', {}, '502 backend_answer_invalid'],
  ['/answers/large', {}, '502 backend_answer_too_large'],
])('%s %j is a problem: %s', async (path, init, expected) => {
  expect(await problemOf(ask(path, init))).toBe(expected)
})

test('what a route needs is asked of the caller', async () => {
  const answer = await ask('/secret', {}, ['orders:write', 'orders:read'])
  expect(await answer.text()).toBe('for those who may')
})

test.each([
  ['nothing', 204, {}, ''],
  ['empty', 204, {}, ''],
  ['text', 200, { 'content-type': 'text/plain; charset=utf-8' }, 'text'],
  ['bytes', 200, { 'content-type': 'application/octet-stream' }, '\u0000\ufffd'],
  ['json', 201, { 'content-type': 'application/vnd.a+json', 'cache-control': 'no-store' }, '[1]'],
  ['redirect', 303, { location: '/elsewhere' }, ''],
  ['page', 200, { 'content-type': 'text/html' }, '<script>alert(1)</script>'],
  ['headers', 204, { etag: '"1"' }, ''],
  ['unchanged', 304, {}, ''],
])('the answer %s', async (name, status, headers, body) => {
  const answer = await ask(`/answers/${name}`)
  expect(answer.status).toBe(status)
  expect(Object.fromEntries(answer.headers)).toEqual({
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    ...headers,
  })
  expect(await answer.text()).toBe(body)
})

const fetched = async (url: string, init: object = {}) => {
  const answer = await ask('/fetch', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url, init }),
  })
  return answer.json()
}

test('a host is asked as fetch() asks it', async () => {
  const at = `http://localhost:${witness.port}`
  const key = { authorization: 'the-key' }
  expect(await fetched(`${at}/echo?a=1`, { method: 'PUT', body: 'b', headers: key })).toEqual([
    200,
    false,
    'PUT /echo?a=1 the-key b',
  ])
  const to = encodeURIComponent('/echo')
  expect(await fetched(`${at}/redirect?to=${to}`, { headers: key })).toEqual([200, true, 'GET /echo the-key '])
  expect(await fetched(`${at}/redirect?to=${to}`, { method: 'POST', body: 'b' })).toEqual([200, true, 'GET /echo - '])
  expect(await fetched(`${at}/redirect?status=307&to=${to}`, { method: 'POST', body: 'b' })).toEqual([
    200,
    true,
    'POST /echo - b',
  ])
  expect(await fetched(`${at}/redirect?to=${to}`, { redirect: 'manual' })).toEqual([302, false, ''])
})

test('a key does not follow a redirect to another origin', async () => {
  const other = await startWitness()
  const to = encodeURIComponent(`http://localhost:${other.port}/echo`)
  const url = `http://localhost:${witness.port}/redirect?to=${to}`
  expect(await fetched(url, { headers: { authorization: 'the-key' } })).toEqual([200, true, 'GET /echo - '])
  await other.close()
})

test.each([
  ['http://127.0.0.1:PORT/', {}, 'network_not_declared'],
  ['http://localhost.:PORT/', {}, 'network_not_declared'],
  ['http://example.com/', {}, 'network_not_declared'],
  ['http://localhost:PORT/redirect?to=http%3A%2F%2F127.0.0.1%3APORT%2F', {}, 'network_not_declared'],
  ['http://localhost:PORT/redirect?to=file%3A%2F%2F%2Fetc%2Fhosts', {}, 'network_refused'],
  ['http://localhost:PORT/redirect?to=%2Fecho', { redirect: 'error' }, 'network_failed'],
  ['http://localhost:PORT/round', {}, 'network_failed'],
  ['http://localhost:PORT/echo', { headers: { host: 'other.example' } }, null],
  ['file:///etc/hosts', {}, 'network_refused'],
  ['data:text/plain,x', {}, 'network_refused'],
])('%s %j: %s', async (url, init, code) => {
  witness.forget()
  const [name, reason] = await fetched(url.replaceAll('PORT', String(witness.port)), init)
  if (code !== null) expect([name, reason]).toEqual(['TypeError', code])
  expect(witness.seenAt('127.0.0.1')).toEqual([])
  expect(witness.seenAt('other.example')).toEqual([])
})
