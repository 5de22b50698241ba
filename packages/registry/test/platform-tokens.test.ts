import { createHmac, KeyObject, sign } from 'node:crypto'
import { createClient } from '@plexica/api'
import { generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from './refusal-of.ts'
import { startIssuer, type TestIssuer } from './start-issuer.ts'
import { startTestRegistry, type TestRegistry } from './test-registry.ts'

let issuer: TestIssuer
let registry: TestRegistry

beforeAll(async () => {
  issuer = await startIssuer()
  registry = await startTestRegistry({
    PLEXICA_JWT_ISSUER: issuer.url,
    PLEXICA_JWT_AUDIENCE: 'plexica',
    PLEXICA_JWT_ROLE_CLAIM: 'realm_access.roles',
    PLEXICA_JWT_TENANT_CLAIM: 'https://example.com/tenant',
    PLEXICA_JWT_ROLES: 'shop-owner=tenant-admin',
  })
  const root = await registry.person('root', 'super-admin')
  for (const id of ['acme', 'globex']) await root.client.createTenant({ body: { id, name: id } })
})
afterAll(async () => {
  await registry.stop()
  await issuer.stop()
})

const claimsOf = (sub: string, roles: unknown, tenant?: string) => ({
  sub,
  realm_access: { roles },
  ...(tenant === undefined ? {} : { 'https://example.com/tenant': tenant }),
})
const clientOf = (token: string) => createClient({ url: registry.url, token })
const whoami = (token: string) => fetch(`${registry.url}/api/whoami`, { headers: { authorization: `Bearer ${token}` } })

describe('a token of the platform stands for a person', () => {
  test.each([
    ['a role by its own name', ['offline_access', 'publisher'], undefined, 'publisher'],
    ['the widest of several', ['tenant-user', 'super-admin', 'publisher'], 'acme', 'super-admin'],
    ['a role by the name that the settings give', ['shop-owner'], 'acme', 'tenant-admin'],
    ['one role that is no list', 'publisher', undefined, 'publisher'],
  ])('with %s', async (_name, roles, tenant, role) => {
    const exp = Math.floor(Date.now() / 1_000) + 300
    const token = await issuer.sign({ ...claimsOf('ann@example.com', roles, tenant), exp })
    expect(await clientOf(token).whoami()).toEqual({
      subject: 'ann@example.com',
      role,
      tenantId: tenant ?? null,
      keyId: null,
      permissions: null,
      plugins: null,
      lastUsedAt: null,
      expiresAt: new Date(exp * 1_000).toISOString(),
    })
  })

  test('who is of one tenant and knows no other', async () => {
    const ada = clientOf(await issuer.sign(claimsOf('ada', ['shop-owner'], 'acme')))
    expect(await ada.listInstallations({ params: { tenantId: 'acme' } })).toMatchObject({ total: 0 })
    expect(await refusalOf(ada.listInstallations({ params: { tenantId: 'globex' } }))).toMatchObject({
      code: 'tenant_not_found',
    })
  })

  test('and whose keys outlast the token', async () => {
    const pia = clientOf(await issuer.sign(claimsOf('pia', ['publisher'])))
    expect(await pia.createKey({ body: { subject: 'pia', role: 'publisher' } })).toMatchObject({ expiresAt: null })
    expect(await refusalOf(pia.createKey({ body: { subject: 'root', role: 'super-admin' } }))).toMatchObject({
      code: 'not_allowed',
    })
  })

  test.each([
    ['no role', []],
    ['a role that is none here', ['admin']],
    ['a role inside a tenant, and no tenant', ['tenant-admin']],
  ])('but not with %s', async (_name, roles) => {
    const response = await whoami(await issuer.sign(claimsOf('ann', roles)))
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'not_allowed' })
  })

  test('a clock that differs by seconds does not matter', async () => {
    const seconds = Math.floor(Date.now() / 1_000)
    const token = await issuer.sign({ ...claimsOf('ann', ['publisher']), exp: seconds - 10, nbf: seconds + 10 })
    expect((await whoami(token)).status).toBe(200)
  })
})

describe('a token that cannot be accepted is refused, without saying why', () => {
  const good = claimsOf('ann', ['super-admin'])
  const past = () => Math.floor(Date.now() / 1_000) - 3_600
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

  /** A token whose head and claims are as said, signed by whatever is given. */
  const forged = (head: object, signed: (text: string) => string) => {
    const seconds = Math.floor(Date.now() / 1_000)
    const body = { iss: issuer.url, aud: 'plexica', iat: seconds, exp: seconds + 600, ...good }
    const text = `${base64(head)}.${base64(body)}`
    return `${text}.${signed(text)}`
  }
  const hmac = (secret: string) => (text: string) => createHmac('sha256', secret).update(text).digest('base64url')

  const signedByIssuer = (text: string) =>
    sign('sha256', Buffer.from(text), {
      key: KeyObject.from(issuer.privateKey),
      dsaEncoding: 'ieee-p1363',
    }).toString('base64url')

  test('what is forged here differs from a good token in what is said alone', async () => {
    expect((await whoami(forged({ alg: 'ES256', kid: 'first' }, signedByIssuer))).status).toBe(200)
  })

  test.each<[string, () => Promise<string> | string]>([
    ['no signature', () => forged({ alg: 'none' }, () => '')],
    ['no signature, said in capitals', () => forged({ alg: 'NONE', kid: 'first' }, () => '')],
    ['the public key as a secret', () => forged({ alg: 'HS256', kid: 'first' }, hmac(issuer.publicKeyText))],
    ['an empty secret', () => forged({ alg: 'HS256', kid: 'first' }, hmac(''))],
    ['a key that nobody knows', () => issuer.sign(good, { kid: 'second' })],
    [
      'somebody else’s key under a known name',
      async () => {
        const { privateKey } = await generateKeyPair('ES256')
        const seconds = Math.floor(Date.now() / 1_000)
        return new SignJWT({ iss: issuer.url, aud: 'plexica', exp: seconds + 600, ...good })
          .setProtectedHeader({ alg: 'ES256', kid: 'first' })
          .sign(privateKey)
      },
    ],
    ['a key that it brings along', () => forged({ alg: 'ES256', jwk: { kty: 'oct', k: '' } }, hmac(''))],
    [
      'an extension that nobody understands',
      () => forged({ alg: 'ES256', kid: 'first', crit: ['hat'], hat: 'red' }, signedByIssuer),
    ],
    ['another audience', () => issuer.sign({ ...good, aud: 'shop' })],
    ['another issuer', () => issuer.sign({ ...good, iss: 'https://id.example.com' })],
    ['no end', () => issuer.sign({ ...good, exp: undefined })],
    ['a beginning in an hour', () => issuer.sign({ ...good, nbf: Math.floor(Date.now() / 1_000) + 3_600 })],
    ['nobody’s name', () => issuer.sign({ ...good, sub: undefined })],
    ['a name that could be a pipeline’s', () => issuer.sign({ ...good, sub: 'oidc:ci/acme' })],
    ['no claims at all', () => `${base64({ alg: 'ES256', kid: 'first' })}.e30.AAAA`],
    ['claims that are no JSON', () => `${base64({ alg: 'ES256', kid: 'first' })}.AAAA.AAAA`],
  ])('%s', async (_name, make) => {
    const response = await whoami(await make())
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="plexica", error="invalid_token"')
    expect(await response.json()).toMatchObject({ code: 'token_invalid', detail: 'The token cannot be accepted.' })
  })

  test('claims that were changed', async () => {
    const [head, , signature] = (await issuer.sign(claimsOf('ann', ['publisher']))).split('.')
    const body = base64({ iss: issuer.url, aud: 'plexica', exp: past() + 7_200, ...good })
    const response = await whoami(`${head}.${body}.${signature}`)
    expect(await response.json()).toMatchObject({ code: 'token_invalid' })
  })

  test('one that has expired is told so', async () => {
    const response = await whoami(await issuer.sign({ ...good, exp: past() }))
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'token_expired' })
  })

  test('tokens under unknown keys do not make the issuer be asked each time', async () => {
    await whoami(await issuer.sign(good))
    const before = issuer.asked
    for (let count = 0; count < 20; count++) await whoami(await issuer.sign(good, { kid: `unknown-${count}` }))
    expect(issuer.asked - before).toBeLessThanOrEqual(1)
  })
})

test('a registry without an issuer takes no token', async () => {
  const closed = await startTestRegistry()
  try {
    const token = await issuer.sign(claimsOf('ann', ['super-admin']))
    expect(await refusalOf(createClient({ url: closed.url, token }).whoami())).toMatchObject({ code: 'key_invalid' })
  } finally {
    await closed.stop()
  }
})

test('while the issuer is away its tokens are not let in, keys work on, and when it is back everything does', async () => {
  const away = await startIssuer()
  await away.stop()
  const env = { PLEXICA_JWT_ISSUER: away.url, PLEXICA_JWT_AUDIENCE: 'plexica' }
  const other = await startTestRegistry(env)
  try {
    const client = createClient({ url: other.url, token: await away.sign({ sub: 'ann', role: 'publisher' }) })
    const headers = { authorization: `Bearer ${await away.sign({ sub: 'ann', role: 'publisher' })}` }
    for (let times = 0; times < 3; times++) {
      const response = await fetch(`${other.url}/api/whoami`, { headers })
      expect(response.status).toBe(503)
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await response.json()).toMatchObject({ code: 'issuer_unavailable' })
    }
    expect(await (await other.person('bob', 'publisher')).client.whoami()).toMatchObject({ subject: 'bob' })
    await away.restart()
    await expect
      .poll(() => client.whoami().catch(() => undefined), { timeout: 20_000 })
      .toMatchObject({ subject: 'ann' })
  } finally {
    await other.stop()
    await away.stop()
  }
})
