import type { Session } from '@plexica/api'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { freePort } from '../../../scripts/free-port.ts'
import { forgetExpired } from '../src/auth/forget-expired.ts'
import { openWorld } from '../src/open-world.ts'
import { startRegistry } from '../src/start-registry.ts'
import type { World } from '../src/world.ts'
import { fromOwnPage, signedIn, signIn } from './sign-in.ts'
import { startIssuer, type TestIssuer } from './start-issuer.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

const hour = 3_600_000
const start = new Date()
let now = start
let issuer: TestIssuer
let registry: TestRegistry
let sue: Person
let tom: Person

beforeAll(async () => {
  issuer = await startIssuer()
  registry = await startTestRegistry(
    { PLEXICA_JWT_ISSUER: issuer.url, PLEXICA_JWT_AUDIENCE: 'plexica', PLEXICA_RATE_LIMITS: 'off' },
    () => now,
  )
  sue = await registry.person('sue', 'super-admin')
  for (const id of ['acme', 'globex']) await sue.client.createTenant({ body: { id, name: id } })
  tom = await registry.person('tom', 'tenant-admin', 'acme')
})
afterAll(async () => {
  await registry.stop()
  await issuer.stop()
})

afterEach(() => {
  now = start
})

/** As a page asks, unless told. */
async function ask(cookie: string, path: string, { headers = fromOwnPage, ...init }: Init = {}) {
  const response = await fetch(registry.url + path, { ...init, headers: { cookie, ...headers } })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}
type Init = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> }

async function sessionOf(cookie: string, headers: Record<string, string> = fromOwnPage) {
  const { status, headers: answered, body } = await ask(cookie, '/api/session', { headers })
  expect(status).toBe(200)
  expect(answered.get('cache-control')).toBe('no-store')
  return { session: body.session as Session | null, setCookie: answered.get('set-cookie') }
}

async function inWorld<Found>(look: (world: World) => Promise<Found>): Promise<Found> {
  const { world, close } = await openWorld(
    registry.config,
    () => registry.url,
    undefined,
    () => now,
  )
  try {
    return await look(world)
  } finally {
    await close()
  }
}

/** A registry that people reach by another name than the one by which it is called here. */
async function startBehindProxy() {
  const port = String(await freePort())
  const own = await startTestRegistry({ PLEXICA_PORT: port, PLEXICA_PUBLIC_URL: 'https://plugins.example.com' })
  onTestFinished(() => own.stop())
  const { key } = await own.person('sue', 'super-admin')
  return { at: { url: `http://127.0.0.1:${port}` }, key }
}

/** Lets time go by until the test ends. */
function wait(milliseconds: number): void {
  now = new Date(now.valueOf() + milliseconds)
}

const newTenant = (headers: Record<string, string>, id: string): Init => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ id, name: id }),
})

describe('signing in', () => {
  test('with a key gives a cookie that no script and no other site gets', async () => {
    const { answer, setCookie, response } = await signedIn(registry, tom.key)
    expect(setCookie).toMatch(/^plexica_session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { keyId } = await tom.client.whoami()
    expect(answer).toEqual({
      subject: 'tom',
      role: 'tenant-admin',
      tenantId: 'acme',
      keyId,
      permissions: [
        'rating:write',
        'rating:delete',
        'rating:report',
        'installation:read',
        'installation:manage',
        'telemetry:report',
        'webhook:manage',
        'key:manage',
        'audit:read-tenant',
      ],
      plugins: null,
      expiresAt: new Date(now.valueOf() + 12 * hour).toISOString(),
    })
  })

  test('makes somebody known, within the bounds of their key', async () => {
    const { cookie, answer } = await signedIn(registry, tom.key)
    expect(await sessionOf(cookie)).toEqual({ session: answer, setCookie: null })
    expect((await ask(cookie, '/api/whoami')).body).toMatchObject({ subject: 'tom', keyId: answer.keyId })
    expect((await ask(cookie, '/api/tenants/acme/plugins')).status).toBe(200)
    expect((await ask(cookie, '/api/tenants/globex/plugins')).body.code).toBe('tenant_not_found')
    expect((await ask(cookie, '/api/audit')).body.code).toBe('not_allowed')
  })

  test('with a token of the platform lasts as long as the token', async () => {
    const exp = Math.floor(now.valueOf() / 1_000) + 300
    const { answer, cookie, setCookie } = await signedIn(
      registry,
      await issuer.sign({ sub: 'ada', role: 'tenant-user', tenant: 'acme', exp }),
    )
    expect(answer).toMatchObject({ subject: 'ada', role: 'tenant-user', tenantId: 'acme', keyId: null })
    expect(answer.expiresAt).toBe(new Date(exp * 1_000).toISOString())
    expect(Number(/Max-Age=(\d+)/.exec(setCookie ?? '')?.[1])).toBeLessThanOrEqual(300)
    expect((await ask(cookie, '/api/whoami')).body).toMatchObject({ subject: 'ada', keyId: null })
    wait(300_000)
    expect((await sessionOf(cookie)).session).toBeNull()
  })

  test('over https binds the cookie to the host', async () => {
    const { at, key } = await startBehindProxy()
    const { cookie, setCookie } = await signedIn(at, key)
    expect(setCookie).toMatch(
      /^__Host-plexica_session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure$/,
    )
    const known = await fetch(`${at.url}/api/whoami`, { headers: { cookie } })
    expect(known.status).toBe(200)
    // A cookie that some neighbour of the host could have set is none.
    const plain = await fetch(`${at.url}/api/whoami`, { headers: { cookie: cookie.replace('__Host-', '') } })
    expect(plain.status).toBe(401)
  })

  test.each([
    ['what is no key', 'hello', 'key_invalid'],
    ['a key that was never made', `plx_${'0'.repeat(32)}0000001`, 'key_invalid'],
    ['a token of somebody else', 'eyJhbGciOiJIUzI1NiJ9.e30.AAAA', 'token_invalid'],
  ])('with %s is refused as in a header', async (_what, token, code) => {
    const { response, answer, setCookie } = await signIn(registry, token)
    expect([response.status, answer.code, setCookie]).toEqual([401, code, null])
  })

  test('takes a text of bounded length, and says nothing of it', async () => {
    const { response, answer } = await signIn(registry, 'x'.repeat(16_385))
    expect([response.status, answer.code]).toEqual([400, 'request_invalid'])
    expect(JSON.stringify(answer)).not.toContain('xxxx')
  })

  test('is not for guessing', async () => {
    const limited = await startTestRegistry({ PLEXICA_RATE_LIMITS: 'guesses=3' })
    onTestFinished(() => limited.stop())
    const { key } = await limited.person('sue', 'super-admin')
    for (let count = 0; count < 3; count++) expect((await signIn(limited, 'wrong')).response.status).toBe(401)
    const statuses = [(await signIn(limited, 'wrong')).response.status, (await signIn(limited, key)).response.status]
    expect(statuses).toEqual([429, 429])
    const header = await fetch(`${limited.url}/api/whoami`, { headers: { authorization: `Bearer ${key}` } })
    expect(header.status).toBe(429)
  })

  test('again ends the session that the browser had', async () => {
    const first = await signedIn(registry, tom.key)
    const second = await signIn(registry, sue.key, { ...fromOwnPage, cookie: first.cookie })
    expect((await sessionOf(first.cookie)).session).toBeNull()
    expect((await sessionOf(second.cookie)).session).toMatchObject({ subject: 'sue' })
  })

  test('too often ends the oldest', async () => {
    const { key } = await registry.person('busy', 'publisher')
    const cookies: string[] = []
    for (let count = 0; count < 22; count++) {
      wait(1)
      cookies.push((await signedIn(registry, key)).cookie)
    }
    const sessions = await Promise.all(cookies.map(async (cookie) => (await sessionOf(cookie)).session !== null))
    expect(sessions).toEqual(cookies.map((_, index) => index >= 2))
    expect((await sessionOf((await signedIn(registry, tom.key)).cookie)).session).not.toBeNull()
  })
})

describe('a session ends', () => {
  test('after twelve hours, and its cookie is taken back', async () => {
    const { cookie } = await signedIn(registry, tom.key)
    wait(12 * hour - 1_000)
    expect((await sessionOf(cookie)).session).toMatchObject({ subject: 'tom' })
    wait(1_000)
    expect(await sessionOf(cookie)).toEqual({
      session: null,
      setCookie: 'plexica_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    })
    expect((await ask(cookie, '/api/whoami')).body.code).toBe('key_missing')
    // What everybody may see is not closed to those whose session has ended.
    expect((await ask(cookie, '/api/plugins')).status).toBe(200)
  })

  test('with its key', async () => {
    const expiresAt = new Date(now.valueOf() + hour).toISOString()
    const { key } = await sue.client.createKey({ body: { subject: 'short', role: 'publisher', expiresAt } })
    const { answer, cookie } = await signedIn(registry, key)
    expect(answer.expiresAt).toBe(expiresAt)
    wait(hour)
    expect((await sessionOf(cookie)).session).toBeNull()
  })

  test('at once when its key is revoked', async () => {
    const { key, id } = await sue.client.createKey({ body: { subject: 'bob', role: 'publisher' } })
    const { cookie } = await signedIn(registry, key)
    expect((await ask(cookie, '/api/whoami')).status).toBe(200)
    await sue.client.revokeKey({ params: { keyId: id } })
    expect((await ask(cookie, '/api/whoami')).body.code).toBe('key_missing')
    expect((await sessionOf(cookie)).session).toBeNull()
  })

  test('when its browser signs out, and no other with it', async () => {
    const [here, there] = [await signedIn(registry, tom.key), await signedIn(registry, tom.key)]
    const { status, headers } = await ask(here.cookie, '/api/session', { method: 'DELETE' })
    expect([status, headers.get('set-cookie')]).toEqual([
      204,
      'plexica_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    ])
    expect((await sessionOf(here.cookie)).session).toBeNull()
    expect((await sessionOf(there.cookie)).session).toMatchObject({ subject: 'tom' })
    expect((await ask(here.cookie, '/api/session', { method: 'DELETE' })).status).toBe(204)
  })

  test('and is forgotten', async () => {
    const { cookie } = await signedIn(registry, tom.key)
    const count = () =>
      inWorld(({ db }) =>
        db
          .selectFrom('sessions')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .executeTakeFirst(),
      )
    expect(Number((await count())?.n)).toBeGreaterThan(0)
    wait(12 * hour + 1_000)
    await inWorld(({ db }) => forgetExpired(db, now))
    expect(Number((await count())?.n)).toBe(0)
    expect((await sessionOf(cookie)).session).toBeNull()
  })
})

test('a key that was narrowed reaches no further in a browser, also when it is narrowed afterwards', async () => {
  const { key, id } = await sue.client.createKey({
    body: { subject: 'ann', role: 'publisher', permissions: ['plugin:publish', 'key:manage'], plugins: ['ledger'] },
  })
  const { cookie, answer } = await signedIn(registry, key)
  expect(answer).toMatchObject({ permissions: ['plugin:publish', 'key:manage'], plugins: ['ledger'] })
  expect((await ask(cookie, '/api/webhooks')).body.code).toBe('key_scope')
  expect((await ask(cookie, `/api/keys/${id}x`, { method: 'DELETE' })).body.code).toBe('key_not_found')
  await inWorld(({ db }) =>
    db.updateTable('api_keys').set({ permissions: '["plugin:publish"]' }).where('id', '=', id).execute(),
  )
  expect((await sessionOf(cookie)).session?.permissions).toEqual(['plugin:publish'])
  expect((await ask(cookie, `/api/keys/${id}x`, { method: 'DELETE' })).body.code).toBe('key_scope')
})

describe('a change by cookie', () => {
  const host = () => new URL(registry.url).host
  test.each<[string, () => Record<string, string>, number]>([
    ['a page of the registry', () => ({ 'sec-fetch-site': 'same-origin' }), 201],
    ['a neighbour of the host', () => ({ 'sec-fetch-site': 'same-site' }), 403],
    ['another site', () => ({ 'sec-fetch-site': 'cross-site' }), 403],
    ['no page', () => ({ 'sec-fetch-site': 'none' }), 403],
    ['another site that names our origin', () => ({ 'sec-fetch-site': 'cross-site', origin: registry.url }), 403],
    ['an older browser here', () => ({ origin: registry.url }), 201],
    ['an older browser elsewhere', () => ({ origin: 'https://evil.example' }), 403],
    ['an older browser on another port', () => ({ origin: 'http://127.0.0.1:1' }), 403],
    ['a host that begins like ours', () => ({ origin: `http://${host()}.evil.example` }), 403],
    ['a page without an origin', () => ({ origin: 'null' }), 403],
    ['nobody says', () => ({}), 403],
  ])('from %s', async (_who, headers, status) => {
    const { cookie } = await signedIn(registry, sue.key)
    const id = `made-${Math.random().toString(36).slice(2)}`
    const { status: answered, body } = await ask(cookie, '/api/tenants', newTenant(headers(), id))
    expect(answered).toBe(status)
    if (status === 403) expect(body.code).toBe('cross_site_refused')
    const { tenants } = await sue.client.listTenants({ query: { take: 100 } })
    expect(tenants.some((tenant) => tenant.id === id)).toBe(status === 201)
  })

  test('counts where a proxy calls the registry by another name', async () => {
    const { at, key } = await startBehindProxy()
    const { cookie } = await signIn(at, key, { origin: 'https://plugins.example.com' })
    const call = (origin: string) =>
      fetch(`${at.url}/api/session`, { method: 'DELETE', headers: { cookie, origin } }).then(({ status }) => status)
    expect([await call('https://evil.example'), await call('https://plugins.example.com')]).toEqual([403, 204])
  })

  test('is not asked where it comes from when a key is sent', async () => {
    const { cookie } = await signedIn(registry, tom.key)
    const headers = { 'sec-fetch-site': 'cross-site', authorization: `Bearer ${sue.key}` }
    const { status } = await ask(cookie, '/api/tenants', newTenant(headers, 'by-header'))
    expect(status).toBe(201)
    expect((await ask(cookie, '/api/whoami', { headers })).body.subject).toBe('sue')
  })
})

test('no other site signs a browser in or out', async () => {
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
    expect((await signIn(registry, tom.key, headers)).answer.code).toBe('cross_site_refused')
    const { cookie } = await signedIn(registry, tom.key)
    const { body } = await ask(cookie, '/api/session', { method: 'DELETE', headers })
    expect(body.code).toBe('cross_site_refused')
    expect((await sessionOf(cookie)).session).toMatchObject({ subject: 'tom' })
  }
  // A program has no page.
  expect((await signIn(registry, tom.key, {})).response.status).toBe(201)
})

describe('a look by cookie', () => {
  test.each(['cross-site', 'same-site'])('from a %s is one of nobody', async (site) => {
    const { cookie } = await signedIn(registry, tom.key)
    const headers = { 'sec-fetch-site': site }
    expect((await ask(cookie, '/api/whoami', { headers })).body.code).toBe('key_missing')
    expect((await ask(cookie, '/api/plugins', { headers })).status).toBe(200)
    expect(await sessionOf(cookie, headers)).toEqual({ session: null, setCookie: null })
    expect((await sessionOf(cookie)).session).toMatchObject({ subject: 'tom' })
  })

  test.each<[string, Record<string, string>]>([
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['an older browser', {}],
  ])('from %s is one of the person', async (_from, headers) => {
    const { cookie } = await signedIn(registry, tom.key)
    expect((await ask(cookie, '/api/whoami', { headers })).body.subject).toBe('tom')
  })

  test('is answered to nobody else, and not from memory', async () => {
    const { cookie } = await signedIn(registry, tom.key)
    for (const path of ['/api/plugins/trending', '/api/plugins/popular', '/api/platform', '/api/plugins']) {
      const anonymous = await fetch(registry.url + path)
      const again = await fetch(registry.url + path)
      const own = await ask(cookie, path)
      expect([anonymous.status, again.status, own.status]).toEqual([200, 200, 200])
      expect(own.headers.get('cache-control')).toBe('private, no-cache')
      expect(own.headers.get('vary')).toMatch(/\bcookie\b/)
      expect(again.headers.get('cache-control') ?? '').not.toContain('private')
    }
    expect((await fetch(`${registry.url}/api/plugins/trending`)).headers.get('vary')).toBe('authorization, cookie')
    expect((await fetch(`${registry.url}/api/platform`)).headers.get('access-control-allow-origin')).toBe('*')
    expect((await fetch(`${registry.url}/api/platform`)).headers.get('access-control-allow-credentials')).toBeNull()
  })
})

test('the stream of events works by cookie', async () => {
  const { cookie } = await signedIn(registry, tom.key)
  const response = await fetch(`${registry.url}/api/tenants/acme/events`, { headers: { cookie, ...fromOwnPage } })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  await response.body?.cancel()
  const elsewhere = await ask(cookie, '/api/tenants/acme/events', { headers: { 'sec-fetch-site': 'cross-site' } })
  expect(elsewhere.body.code).toBe('key_missing')
})

test('the stream of events ends with the session', { timeout: 90_000 }, async () => {
  const { cookie } = await signedIn(registry, tom.key)
  const response = await fetch(`${registry.url}/api/tenants/acme/events`, { headers: { cookie, ...fromOwnPage } })
  expect(response.status).toBe(200)
  await ask(cookie, '/api/session', { method: 'DELETE' })
  // It is looked at before the next sign of life. Cut off by force, this would throw.
  expect(await response.text()).toMatch(/^retry: 2000\nid: \d+\n\n$/)
})

test('the audit names whom the session stands for, and the key', async () => {
  const { cookie, answer } = await signedIn(registry, sue.key)
  await ask(cookie, '/api/tenants', newTenant(fromOwnPage, 'audited'))
  const { rows } = await sue.client.listAudit({ query: { operation: 'createTenant', take: 1 } })
  expect(rows[0]).toMatchObject({ actor: 'sue', keyId: answer.keyId, outcome: 'done' })
  const opened = await sue.client.listAudit({ query: { operation: 'openSession', take: 1 } })
  expect(opened.rows[0]).toMatchObject({ outcome: 'done', params: { subject: 'sue', keyId: answer.keyId } })
})

test('neither key nor token nor secret stands in the tables or in the log', async () => {
  const lines: string[] = []
  const folder = await startTestRegistry()
  onTestFinished(() => folder.stop())
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
  const own = await startRegistry(folder.config, log)
  onTestFinished(() => own.stop())
  const { key } = await folder.person('sue', 'super-admin')
  const { cookie } = await signedIn(own, key)
  const secret = cookie.split('=')[1] ?? expect.fail('there is no cookie')
  await fetch(`${own.url}/api/whoami`, { headers: { cookie, ...fromOwnPage } })
  await signIn(own, `${key}x`)
  const { world, close } = await openWorld(folder.config, () => own.url)
  const rows = await world.db.selectFrom('sessions').selectAll().execute()
  const audit = await world.db.selectFrom('audit').selectAll().execute()
  await close()
  expect(rows).toHaveLength(1)
  expect(audit.length).toBeGreaterThan(0)
  expect(lines.join('\n')).toContain('signed in')
  for (const text of [JSON.stringify(rows), JSON.stringify(audit), lines.join('\n')]) {
    expect(text).not.toContain(secret)
    expect(text).not.toContain(key)
  }
})
