import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newApiKey } from '../src/auth/api-key.ts'
import { createKey } from '../src/auth/create-key.ts'
import { openWorld } from '../src/open-world.ts'
import { refusalOf } from './refusal-of.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let root: Person
let pia: Person
let ada: Person
let gil: Person

beforeAll(async () => {
  registry = await startTestRegistry()
  root = await registry.person('root', 'super-admin')
  for (const id of ['acme', 'globex']) await root.client.createTenant({ body: { id, name: id } })
  pia = await registry.person('pia', 'publisher')
  ada = await registry.person('ada', 'tenant-admin', 'acme')
  gil = await registry.person('gil', 'tenant-admin', 'globex')
})
afterAll(() => registry.stop())

const whoami = (authorization?: string) =>
  fetch(`${registry.url}/api/whoami`, authorization === undefined ? {} : { headers: { authorization } })

describe('a caller is known by a key', () => {
  test('which says who they are', async () => {
    expect(await ada.client.whoami()).toEqual({
      subject: 'ada',
      role: 'tenant-admin',
      tenantId: 'acme',
      keyId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      permissions: null,
      plugins: null,
      lastUsedAt: null,
      expiresAt: null,
    })
  })

  test.each([
    ['nothing', undefined, 'key_missing'],
    ['another scheme', 'Basic cm9vdDpyb290', 'key_invalid'],
    ['no scheme', newApiKey(), 'key_invalid'],
    ['a scheme alone', 'Bearer', 'key_invalid'],
    ['an empty key', 'Bearer ', 'key_invalid'],
    ['garbage', 'Bearer ����', 'key_invalid'],
    ['a key cut short', `Bearer ${newApiKey().slice(0, -1)}`, 'key_invalid'],
    ['two keys', `Bearer ${newApiKey()} ${newApiKey()}`, 'key_invalid'],
    ['a key of another registry', `Bearer ${newApiKey()}`, 'key_invalid'],
    ['a very long key', `Bearer plx_${'a'.repeat(10_000)}`, 'key_invalid'],
  ])('with %s: 401 and a way on', async (_name, authorization, code) => {
    const response = await whoami(authorization && Buffer.from(authorization).toString('latin1'))
    expect(response.status).toBe(401)
    const error = authorization === undefined ? '' : ', error="invalid_token"'
    expect(response.headers.get('www-authenticate')).toBe(`Bearer realm="plexica"${error}`)
    expect(response.headers.get('content-type')).toMatch('application/problem+json')
    expect(await response.json()).toMatchObject({ code, fix: expect.any(String), requestId: expect.any(String) })
  })

  test('with one digit mistyped: told from a key that is not known', async () => {
    const typo = root.key.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    expect(await (await whoami(`Bearer ${typo}`)).json()).toMatchObject({
      code: 'key_invalid',
      detail: 'The key was mistyped or not copied whole.',
    })
  })

  test('the scheme’s case does not matter', async () => {
    expect((await whoami(`bearer ${ada.key}`)).status).toBe(200)
  })

  test('a broken key is refused where none is needed, too', async () => {
    const response = await fetch(`${registry.url}/api/plugins`, { headers: { authorization: 'Bearer plx_broken' } })
    expect(response.status).toBe(401)
  })

  test('that has expired: 401 with the time', async () => {
    const { world, close } = await openWorld(registry.config, () => registry.url)
    const lastYear = { db: world.db, now: () => new Date('2025-01-01T00:00:00Z') }
    const { key } = await createKey(lastYear, {
      subject: 'old',
      role: 'publisher',
      expiresAt: '2025-06-01T02:00:00+02:00',
    })
    await close()
    const response = await whoami(`Bearer ${key}`)
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({
      code: 'key_expired',
      detail: 'The key expired at 2025-06-01T00:00:00.000Z.',
    })
  })

  test('that has been revoked: 401 at once', async () => {
    const { id, key } = await root.client.createKey({ body: { subject: 'robot', role: 'publisher' } })
    expect((await whoami(`Bearer ${key}`)).status).toBe(200)
    await root.client.revokeKey({ params: { keyId: id } })
    expect(await (await whoami(`Bearer ${key}`)).json()).toMatchObject({ code: 'key_revoked' })
    const listed = async () => (await root.client.listKeys()).keys.find((one) => one.id === id)
    const revoked = await listed()
    expect(revoked?.revokedAt).not.toBeNull()
    await root.client.revokeKey({ params: { keyId: id } })
    expect(await listed()).toEqual(revoked)
  })
})

describe('making keys', () => {
  test('shows the key once and stores its hash alone', async () => {
    const made = await root.client.createKey({
      body: {
        subject: 'ci@example.com',
        role: 'publisher',
        description: 'release robot',
        expiresAt: '2099-01-01T00:00:00+01:00',
      },
    })
    expect(made).toEqual({
      key: expect.stringMatching(/^plx_[0-9A-Za-z]{38}$/),
      id: expect.any(String),
      subject: 'ci@example.com',
      role: 'publisher',
      tenantId: null,
      permissions: null,
      plugins: null,
      description: 'release robot',
      createdAt: expect.any(String),
      lastUsedAt: null,
      expiresAt: '2098-12-31T23:00:00.000Z',
      revokedAt: null,
    })
    const { key, ...rest } = made
    const { keys } = await root.client.listKeys()
    expect(keys[0]).toEqual(rest)
    expect(JSON.stringify(keys)).not.toContain('plx_')
    const { world, close } = await openWorld(registry.config, () => registry.url)
    expect(JSON.stringify(await world.db.selectFrom('api_keys').selectAll().execute())).not.toContain(key.slice(4, 20))
    await close()
  })

  test.each([
    ['a tenant role without a tenant', { role: 'tenant-user' }, 'body.tenantId'],
    ['a time that has been', { role: 'publisher', expiresAt: '2020-01-01T00:00:00Z' }, 'body.expiresAt'],
    ['a second that is none', { role: 'publisher', expiresAt: '2098-12-31T23:59:60Z' }, 'body.expiresAt'],
    ['a time past four digits', { role: 'publisher', expiresAt: '9999-12-31T23:59:59-10:00' }, 'body.expiresAt'],
    ['a role that is none', { role: 'owner' }, 'body.role'],
  ])('refuses %s', async (_name, body, path) => {
    const call = root.client.createKey({ body: { subject: 'x', ...body } as never })
    expect(await refusalOf(call)).toMatchObject({ code: 'request_invalid', findings: [{ path }] })
  })

  test('says all at once', async () => {
    const body = { subject: 'x', role: 'tenant-user', expiresAt: '2020-01-01T00:00:00Z' } as const
    const { findings } = await refusalOf(root.client.createKey({ body }))
    expect(findings.map(({ code }) => code)).toEqual(['key-tenant', 'key-expiry'])
  })

  test('refuses a tenant that does not exist', async () => {
    const body = { subject: 'x', role: 'tenant-user', tenantId: 'nowhere' } as const
    expect(await refusalOf(root.client.createKey({ body }))).toMatchObject({ code: 'tenant_not_found', status: 404 })
  })

  test('is for oneself and never for more than one has', async () => {
    const narrower = await ada.client.createKey({ body: { subject: 'ada', role: 'tenant-user', tenantId: 'acme' } })
    expect(narrower).toMatchObject({ subject: 'ada', role: 'tenant-user', tenantId: 'acme' })
    const calls = [
      ada.client.createKey({ body: { subject: 'tom', role: 'tenant-user', tenantId: 'acme' } }),
      ada.client.createKey({ body: { subject: 'ada', role: 'super-admin', tenantId: 'acme' } }),
      ada.client.createKey({ body: { subject: 'ada', role: 'publisher' } }),
      ada.client.createKey({ body: { subject: 'ada', role: 'tenant-admin', tenantId: 'globex' } }),
      pia.client.createKey({ body: { subject: 'pia', role: 'publisher', tenantId: 'acme' } }),
      pia.client.createKey({ body: { subject: 'pia', role: 'tenant-user', tenantId: 'acme' } }),
    ]
    const refused = await Promise.all(calls.map(refusalOf))
    expect(refused.map(({ code, status }) => `${status} ${code}`)).toEqual(calls.map(() => '403 not_allowed'))
  })

  test('never lasts longer than the key that made it', async () => {
    const body = { subject: 'pia', role: 'publisher' } as const
    const { key } = await root.client.createKey({ body: { ...body, expiresAt: '2090-01-01T00:00:00Z' } })
    const make = (expiresAt?: string) =>
      fetch(`${registry.url}/api/keys`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...body, expiresAt }),
      })
    expect((await make()).status).toBe(403)
    expect((await make('2090-01-01T00:00:01Z')).status).toBe(403)
    expect((await make('2089-12-31T23:59:59Z')).status).toBe(201)
  })
})

describe('keys of others', () => {
  test('are listed for super-admins, newest first and page by page', async () => {
    const { keys, total } = await root.client.listKeys({ query: { take: 100 } })
    expect(total).toBe(keys.length)
    expect(new Set(keys.map(({ subject }) => subject))).toContain('gil')
    expect(keys.map(({ createdAt }) => createdAt)).toEqual(
      keys
        .map(({ createdAt }) => createdAt)
        .toSorted()
        .reverse(),
    )
    const pages = []
    for (let skip = 0; skip < total; skip += 3)
      pages.push(...(await root.client.listKeys({ query: { skip, take: 3 } })).keys)
    expect(pages.map(({ id }) => id)).toEqual(keys.map(({ id }) => id))
  })

  test('do not exist for anybody else', async () => {
    const mine = await gil.client.listKeys()
    expect(mine).toEqual({ keys: [expect.objectContaining({ subject: 'gil', tenantId: 'globex' })], total: 1 })
    const [own] = mine.keys
    const call = ada.client.revokeKey({ params: { keyId: own?.id ?? '' } })
    expect(await refusalOf(call)).toMatchObject({ code: 'key_not_found', status: 404 })
    expect((await gil.client.whoami()).subject).toBe('gil')
  })

  test('do not exist where only the name is the same: another tenant, or a wider role', async () => {
    const elsewhere = await registry.person('ada', 'tenant-admin', 'globex')
    const lesser = await registry.person('ada', 'tenant-user', 'acme')
    const { keys } = await lesser.client.listKeys()
    expect(new Set(keys.map(({ role, tenantId }) => `${role} ${tenantId}`))).toEqual(new Set(['tenant-user acme']))
    expect((await elsewhere.client.listKeys()).total).toBe(1)
    const { keyId } = await ada.client.whoami()
    for (const { client } of [elsewhere, lesser]) {
      expect(await refusalOf(client.revokeKey({ params: { keyId: keyId ?? '' } }))).toMatchObject({
        code: 'key_not_found',
      })
    }
  })

  test('one may revoke one’s own', async () => {
    const spare = await registry.person('pia', 'publisher')
    const { keyId } = await spare.client.whoami()
    await pia.client.revokeKey({ params: { keyId: keyId ?? '' } })
    expect(await refusalOf(spare.client.whoami())).toMatchObject({ code: 'key_revoked' })
  })
})
