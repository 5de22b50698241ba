import { connect as connectSocket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { errors, type Operation, type Route, routes } from '@plexica/api'
import fc from 'fast-check'
import { sql } from 'kysely'
import { type Logger, pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { connect } from '../src/db/connect.ts'
import { type RunningRegistry, startRegistry } from '../src/start-registry.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let people: Person[]
const rows = Object.entries<Route>(routes) as [Operation, Route][]

beforeAll(async () => {
  registry = await startTestRegistry()
  const sue = await registry.person('sue', 'super-admin')
  await sue.client.createTenant({ body: { id: 'acme', name: 'Acme' } })
  const ann = await registry.person('ann', 'publisher')
  const { id, version, digest } = await ann.client.publishPlugin({ body: inChunks(goodPackage()) })
  await sue.client.approveVersion({ params: { pluginId: id }, body: { version, digest } })
  people = [sue, ann, await registry.person('tom', 'tenant-admin', 'acme')]
})
afterAll(() => registry.stop())

interface Sent {
  method: string
  target: string
  headers: Record<string, string>
  body: string | Uint8Array | undefined
}

/** The request as it is, in its own connection: nothing between it and the registry mends it. */
async function send({
  method,
  target,
  headers,
  body,
}: Sent): Promise<{ status: number; headers: Map<string, string>; body: string }> {
  const { hostname, port } = new URL(registry.url)
  const bytes = body === undefined ? undefined : Buffer.from(body)
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `host: ${hostname}:${port}`,
    'connection: close',
    ...(bytes ? [`content-length: ${bytes.length}`] : []),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  const socket = connectSocket(Number(port), hostname)
  socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer to ${method} ${target.slice(0, 200)}`)))
  const chunks: Buffer[] = []
  const ended = new Promise<void>((resolve, reject) => {
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      // A stream of events would go on.
      if (/^content-type: text\/event-stream/im.test(Buffer.concat(chunks).toString('latin1'))) resolve()
    })
    socket.on('end', resolve)
    // Whoever sends on while it is being refused may find the connection reset, after the answer.
    socket.on('error', (error) => (chunks.length > 0 ? resolve() : reject(error)))
  })
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  if (bytes) socket.write(bytes)
  await ended
  socket.destroy()
  const text = Buffer.concat(chunks).toString()
  const gap = text.indexOf('\r\n\r\n')
  const [first = '', ...fields] = text.slice(0, gap).split('\r\n')
  const found = new Map(
    fields.map((field) => [field.slice(0, field.indexOf(':')).toLowerCase(), field.slice(field.indexOf(':') + 2)]),
  )
  return { status: Number(first.split(' ')[1]), headers: found, body: text.slice(gap + 4) }
}

/** What every refusal has to be, whatever was sent. */
function expectProblem(answer: Awaited<ReturnType<typeof send>>, method: string): void {
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  if (method === 'HEAD') return
  const problem = JSON.parse(answer.body)
  expect(errors).toHaveProperty(problem.code)
  expect(problem).toMatchObject({
    type: `urn:plexica:error:${problem.code}`,
    title: expect.stringMatching(/\.$/),
    status: answer.status,
    detail: expect.stringMatching(/./),
    fix: expect.stringMatching(/\.$/),
    requestId: answer.headers.get('x-request-id'),
  })
  if (problem.code === 'request_invalid' && problem.findings) {
    expect(problem.findings.length).toBeGreaterThan(0)
    expect(problem.findings.length).toBeLessThanOrEqual(50)
    for (const finding of problem.findings) {
      expect(finding).toMatchObject({ code: 'request-field', severity: 'error', message: expect.stringMatching(/\.$/) })
      expect(finding.message.length).toBeLessThan(1_000)
    }
  }
  expect(answer.body).not.toMatch(/\bat .*\.[jt]s:\d+|node_modules|\/src\/|SQLITE|select .* from/i)
}

const strange = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '-1',
    '0',
    '1e9',
    '1e999',
    'NaN',
    'null',
    'true',
    '[]',
    '{}',
    '__proto__',
    'constructor',
    '..',
    '../..',
  ),
  fc.constantFrom(
    '\u0000',
    '\u001b[2J',
    '\ud800',
    'é'.repeat(200),
    'x'.repeat(3_000),
    "' or 1=1 --",
    '<script>',
    '%',
    '%2e%2e',
    '*',
  ),
)
const goodSegment: Record<string, string> = {
  pluginId: 'greeting-card',
  version: '1.0.0',
  tenantId: 'acme',
  submissionId: 'none',
  keyId: 'none',
  path: 'bundle.js',
}
const badEncoding = fc.constantFrom('%', '%zz', '%E0%A4%A', '%c0%af', '%00', '%ff')
const segment = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  strange.map((text) => encodeURIComponent(text.toWellFormed())),
  badEncoding,
)
const json = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.constantFrom(
    '{',
    '[',
    'null',
    '1',
    '"text"',
    '',
    '{"__proto__":{"admin":true}}',
    '{"constructor":{"prototype":{}}}',
  ),
  fc.constant(`${'['.repeat(20_000)}${']'.repeat(20_000)}`),
  fc.constant(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
  fc.constant(`[${'1,'.repeat(100_000)}1]`),
  fc.constant(JSON.stringify({ reason: 'x'.repeat(1024 * 1024) })),
)
const contentType = fc.oneof(
  { weight: 4, arbitrary: fc.constant('application/json') },
  fc.constantFrom(
    'application/gzip',
    'text/plain',
    'application/json; charset=utf-16',
    'multipart/form-data',
    '',
    ';',
    'application/x-www-form-urlencoded',
  ),
)

/** A value for each field of a body, some of them what the row asks for. */
function bodyFor(row: Route): fc.Arbitrary<string> {
  if (!row.body || 'contentType' in row.body) return json
  const { properties = {} } = row.body as { properties?: Record<string, object> }
  const value = fc.oneof(
    strange,
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('1.0.0', `sha256-${'a'.repeat(64)}`, 'acme', 'publisher'),
  )
  const fields = fc.record(Object.fromEntries(Object.keys(properties).map((name) => [name, value])), {
    requiredKeys: [],
  })
  const more = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'toString', 'x'.repeat(300))), value, {
    maxKeys: 2,
  })
  return fc.oneof(
    json,
    fc.tuple(fields, more).map(([known, unknown]) => JSON.stringify({ ...known, ...unknown })),
  )
}

function queryFor(row: Route): fc.Arbitrary<string> {
  const { properties = {} } = (row.query ?? {}) as { properties?: Record<string, object> }
  const names = [...Object.keys(properties), 'skip', 'take', 'unknown', '__proto__', 'q[]', 'q[a][b]', 'toString']
  const one = fc.tuple(
    fc.constantFrom(...names),
    fc.oneof(
      strange.map((text) => encodeURIComponent(text.toWellFormed())),
      badEncoding,
    ),
  )
  return fc.array(one, { maxLength: 4 }).map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'))
}

const requests = fc.constantFrom(...rows).chain(([, row]) =>
  fc
    .record({
      method: fc.oneof(
        { weight: 6, arbitrary: fc.constant(row.method as string) },
        fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'),
      ),
      segments: fc.array(segment, { minLength: 3, maxLength: 3 }),
      suffix: fc.constantFrom('', '', '', '/', '//', '/..', '/extra'),
      query: fc.oneof(fc.constant(''), queryFor(row)),
      person: fc.oneof({ weight: 4, arbitrary: fc.nat(2) }, fc.constantFrom(undefined, 'nonsense')),
      type: contentType,
      encoding: fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, fc.constantFrom('gzip', 'br', 'nonsense')),
      body: bodyFor(row),
    })
    .map(({ method, segments, suffix, query, person, type, encoding, body }) => ({
      row,
      method,
      segments,
      suffix,
      query,
      person,
      type,
      encoding,
      body,
    })),
)

describe('whatever is sent to whatever route', () => {
  test('is answered, and refused in the one form, never with a fault of the registry', {
    timeout: 60_000,
  }, async () => {
    const seen = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(requests, async ({ row, method, segments, suffix, query, person, type, encoding, body }) => {
        let at = 0
        const path = row.path.replace(/[:*](\w+)/g, (_, name: string) => segments[at++ % 3] ?? goodSegment[name] ?? 'x')
        const key = typeof person === 'number' ? people[person]?.key : person
        const withBody = !['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method)
        const answer = await send({
          method,
          target: `${path}${suffix}${query && `?${query}`}`,
          headers: {
            ...(key ? { authorization: `Bearer ${key}` } : {}),
            ...(withBody && type ? { 'content-type': type } : {}),
            ...(withBody && encoding ? { 'content-encoding': encoding } : {}),
          },
          body: withBody ? body.toWellFormed() : undefined,
        })
        seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1)
        if (answer.status >= 400) expectProblem(answer, method)
        else expect([200, 201, 204, 304]).toContain(answer.status)
      }),
      { numRuns: 600, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false },
    )
    // The generator gets past the door often enough to mean something.
    for (const status of [200, 400, 401, 404, 405, 415]) expect(seen.get(status) ?? 0).toBeGreaterThan(0)
    expect((await fetch(`${registry.url}/readyz`)).status).toBe(200)
  })
})

describe('what is no request at all', () => {
  test.each([
    ['nonsense', 'GET'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nnonsense\r\n\r\n'],
    ['two lengths', 'POST /api/keys HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n'],
    [
      'a length and chunks',
      'POST /api/keys HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a very long address', `GET /${'x'.repeat(40_000)} HTTP/1.1\r\nhost: x\r\n\r\n`],
    ['very long headers', `GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(40_000)}\r\n\r\n`],
  ])('%s', async (_name, bytes) => {
    const { hostname, port } = new URL(registry.url)
    const socket = connectSocket(Number(port), hostname)
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    const closed = new Promise((resolve) => socket.on('close', resolve).on('error', resolve))
    socket.end(bytes.includes('\r\n') ? bytes : `${bytes}\r\n\r\n`)
    await Promise.race([closed, wait(5_000).then(() => expect.fail('the connection stays open'))])
    const answer = Buffer.concat(chunks).toString()
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(answer).toContain('content-type: application/problem+json')
    const problem = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))
    expect(problem).toMatchObject({ code: 'request_invalid', status: 400, fix: expect.stringMatching(/\.$/) })
    expect(answer).toContain(`x-request-id: ${problem.requestId}`)
  })
})

describe('bodies', () => {
  const asked = (body: string | Uint8Array | undefined, headers: Record<string, string> = {}) =>
    send({
      method: 'POST',
      target: '/api/tenants',
      headers: { authorization: `Bearer ${people[0]?.key}`, 'content-type': 'application/json', ...headers },
      body,
    })

  test.each([
    ['none', undefined, 400, 'The body is missing.'],
    ['an empty one', '', 400, 'body needs the field id.'],
    ['half of one', '{"id":', 400, 'The body is not JSON.'],
    ['a list', '[]', 400, 'body must be object.'],
    ['a field too many', '{"id":"other","name":"Other","admin":true}', 400, 'body has no field admin.'],
    ['a prototype', '{"id":"other","name":"Other","__proto__":{"admin":true}}', 400, 'body has no field __proto__.'],
    ['a field too few', '{"id":"other"}', 400, 'body needs the field name.'],
    ['a number for a text', '{"id":"other","name":1}', 400, 'body.name must be string.'],
    [
      'too much',
      JSON.stringify({ id: 'other', name: 'x'.repeat(300_000) }),
      413,
      'The body is larger than this route takes.',
    ],
  ])('%s', async (_name, body, status, detail) => {
    const answer = await asked(body)
    expectProblem(answer, 'POST')
    expect(JSON.parse(answer.body)).toMatchObject({ status, detail })
  })

  test('all problems come at once', async () => {
    const { findings } = JSON.parse((await asked('{"id":"No Id","name":"","more":1,"much":2}')).body)
    expect(findings.map(({ path, message }: { path: string; message: string }) => [path, message])).toEqual([
      ['body', 'body has no field more.'],
      ['body', 'body has no field much.'],
      ['body.id', expect.stringContaining('must match pattern')],
      ['body.name', 'body.name must not be blank.'],
    ])
  })

  test('names that a stranger made up cannot move a terminal’s cursor', async () => {
    const answer = await asked(JSON.stringify({ [`\u001b[2J${'x'.repeat(200)}`]: 1 }))
    const { findings } = JSON.parse(answer.body)
    const messages: string[] = findings.map(({ message }: { message: string }) => message)
    expect(messages).toContainEqual(expect.stringMatching(/^body has no field \?\[2Jx{50,60}…\.$/))
  })

  test('compressed ones are read, bombs are cut off, broken ones refused', async () => {
    const gzip = { 'content-encoding': 'gzip' }
    expect((await asked(gzipSync('{"id":"zipped","name":"Zipped"}'), gzip)).status).toBe(201)
    const bomb = await asked(gzipSync(Buffer.alloc(50 * 1024 * 1024, ' ')), gzip)
    expect(JSON.parse(bomb.body)).toMatchObject({ code: 'body_too_large' })
    const broken = await asked('not gzip', gzip)
    expectProblem(broken, 'POST')
    expect(broken.status).toBe(400)
    expect((await asked('{}', { 'content-encoding': 'compress' })).status).toBe(415)
  })

  test('of another type are refused before they are read', async () => {
    const answer = await asked('id=other&name=Other', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(JSON.parse(answer.body)).toMatchObject({
      code: 'media_type_unsupported',
      detail: 'This route takes application/json.',
    })
  })
})

describe('methods and addresses', () => {
  test.each(rows.map(([operation, row]) => [operation, row.method, row.path] as const))(
    '%s: what its address does not take is 405, with what it takes',
    async (_operation, _method, path) => {
      const target = path.replace(/[:*](\w+)/g, (_, name: string) => goodSegment[name] ?? 'x')
      const methodsOf = (takes: (row: Route) => boolean) =>
        rows
          .filter(([, row]) => takes(row))
          .flatMap(([, { method }]) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
      const allowed = methodsOf((row) => row.path === path)
      // `ratings/me` is one address, and one of those that `ratings/:ratingId` means.
      const taken = methodsOf((row) => new RegExp(`^${row.path.replace(/[:*]\w+/g, '[^/]+')}$`).test(target))
      for (const method of ['PATCH', 'PUT', 'DELETE', 'POST', 'GET', 'TRACE'].filter((one) => !taken.includes(one))) {
        const answer = await send({ method, target, headers: {}, body: undefined })
        expectProblem(answer, method)
        expect([answer.status, answer.headers.get('allow')?.split(', ').toSorted()]).toEqual([405, allowed.toSorted()])
      }
    },
  )

  test.each([
    '/',
    '/api',
    '/api/',
    '/api/nothing',
    '/API/plugins',
    '/api/plugins/',
    '//api/plugins',
    '/api/plugins/a/b/c/d',
    '/index.html',
    '/.env',
  ])('%s is not there', async (target) => {
    const answer = await send({ method: 'GET', target, headers: {}, body: undefined })
    expectProblem(answer, 'GET')
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'route_not_found', status: 404 })
  })

  test('HEAD answers like GET, without the body', async () => {
    for (const target of [
      '/api/plugins',
      '/api/plugins/search?q=greeting',
      '/api/platform',
      '/healthz',
      '/api/plugins/greeting-card',
    ]) {
      const [get, head] = await Promise.all(
        ['GET', 'HEAD'].map((method) => send({ method, target, headers: {}, body: undefined })),
      )
      expect(head?.body).toBe('')
      for (const name of ['content-type', 'content-length', 'etag']) {
        expect([target, name, head?.headers.get(name)]).toEqual([target, name, get?.headers.get(name)])
      }
    }
    const missing = await send({ method: 'HEAD', target: '/api/plugins/nothing', headers: {}, body: undefined })
    expect([missing.status, missing.body]).toEqual([404, ''])
  })

  test.each([
    ['skip=-1', 'query.skip must be >= 0.'],
    ['take=1e9', 'query.take must be <= 100.'],
    ['take=0', 'query.take must be >= 1.'],
    ['take=ten', 'query.take must be integer.'],
    ['take=1&take=2', 'query.take must be integer.'],
    ['skip=0.5', 'query.skip must be integer.'],
    ['__proto__=1', 'query has no field __proto__.'],
    ['__proto__[a]=1', 'query has no field __proto__[a].'],
    ['limit=5', 'query has no field limit.'],
  ])('?%s', async (query, detail) => {
    const answer = await send({ method: 'GET', target: `/api/plugins?${query}`, headers: {}, body: undefined })
    expectProblem(answer, 'GET')
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'request_invalid', detail })
  })
})

describe('the log', () => {
  test('has one line for each request, with its id and route, and neither key nor query nor body', async () => {
    const lines: string[] = []
    const log: Logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
    const quiet: RunningRegistry = await startRegistry({ ...registry.config, port: 0 }, log)
    const keys = people.map(({ key }) => key)
    const secrets = ['very-secret-query', 'very-secret-body', 'very-secret-path']
    try {
      const ids: (string | null)[] = []
      for (const key of [...keys, `${keys[0]}x`, 'plx_wrong']) {
        const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
        for (const [method, target] of [
          ['GET', `/api/plugins?${secrets[0]}=1`],
          ['GET', `/api/plugins/search?q=${secrets[0]}`],
          ['GET', '/api/plugins/greeting-card'],
          ['GET', '/api/whoami'],
          ['POST', `/api/tenants?token=${key}`],
          ['POST', '/api/keys'],
          ['GET', `/${secrets[2]}`],
          ['GET', `/api/plugins/%E0%A4%A?key=${key}`],
        ] as const) {
          const body = method === 'POST' ? `{"name":"${secrets[1]}` : null
          const answer = await fetch(`${quiet.url}${target}`, { method, headers, body })
          ids.push(answer.headers.get('x-request-id'))
          await answer.text()
        }
      }
      expect(new Set(ids).size).toBe(ids.length)
      const requestLines = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request')
      expect(requestLines.map(({ request }) => request).toSorted()).toEqual(ids.toSorted())
      expect(requestLines).toContainEqual(
        expect.objectContaining({ method: 'GET', route: '/api/plugins/search', status: 200, ms: expect.any(Number) }),
      )
    } finally {
      await quiet.stop()
    }
    const all = lines.join('')
    for (const secret of [...keys, ...keys.map((key) => key.slice(4, 20)), ...secrets])
      expect(all).not.toContain(secret)
  })

  test('a fault of the registry is told in the log, and only its id to the client', async () => {
    const lines: string[] = []
    const log: Logger = pino({}, { write: (line: string) => void lines.push(line) })
    // Its tables have gone.
    const broken = await startTestRegistry()
    const other = await startRegistry({ ...broken.config, port: 0 }, log)
    try {
      const database = connect(broken.config.database)
      for (const table of ['plugin_search', 'plugins']) {
        await sql`alter table ${sql.table(table)} rename to ${sql.table(`lost_${table}`)}`.execute(database)
      }
      await database.destroy()
      const answer = await fetch(`${other.url}/api/plugins`)
      expect(answer.status).toBe(500)
      const text = await answer.text()
      expect(text).not.toMatch(/no such table|relation|\.ts|sqlite|postgres/i)
      const problem = JSON.parse(text)
      expect(problem).toMatchObject({ code: 'internal', requestId: answer.headers.get('x-request-id') })
      const [told] = lines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50)
      expect(told).toMatchObject({
        request: problem.requestId,
        code: 'internal',
        err: { stack: expect.stringMatching(/no such table|relation "plugins" does not exist/) },
      })
    } finally {
      await other.stop()
      await broken.stop()
    }
  })
})
