import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { newApiKey } from '../src/auth/api-key.ts'
import { sendPackage } from './send-package.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let sue: Person

beforeAll(async () => {
  registry = await startTestRegistry({
    PLEXICA_RATE_LIMITS: 'reads=40,writes=5,publishes=2,guesses=3',
    PLEXICA_TRUST_PROXY: '1',
  })
  sue = await registry.person('sue', 'super-admin')
})
afterAll(() => registry.stop())

const get = (path: string, from: string, key?: string) =>
  fetch(registry.url + path, {
    headers: { 'x-forwarded-for': from, ...(key ? { authorization: `Bearer ${key}` } : {}) },
  })

/** Calls until one is refused; gives how many were not, and the refusal. */
async function untilRefused(send: () => Promise<Response>): Promise<{ passed: number; refused: Response }> {
  for (let passed = 0; passed < 500; passed++) {
    const response = await send()
    if (response.status === 429) return { passed, refused: response }
  }
  return expect.fail('nothing was refused')
}

describe('a budget', () => {
  test('is spent by one address and says when to come back, to people and to programs', async () => {
    const { passed, refused } = await untilRefused(() => get('/api/plugins', '192.0.2.1'))
    // A few more than the budget come through while it fills again.
    expect(passed).toBeGreaterThanOrEqual(40)
    const wait = Number(refused.headers.get('retry-after'))
    expect(wait).toBeGreaterThanOrEqual(1)
    expect(wait).toBeLessThanOrEqual(2)
    expect(refused.headers.get('ratelimit')).toBe(`"reads";r=0;t=${wait}`)
    expect(refused.headers.get('ratelimit-policy')).toBe('"reads";q=40;w=60')
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests' })
    expect((await get('/api/plugins', '192.0.2.2')).status).toBe(200)
    await expect.poll(async () => (await get('/api/plugins', '192.0.2.1')).status, { timeout: 10_000 }).toBe(200)
  })

  test('says nothing while there is enough', async () => {
    const { headers } = await get('/api/plugins', '192.0.2.3')
    expect([headers.get('ratelimit'), headers.get('ratelimit-policy'), headers.get('retry-after')]).toEqual([
      null,
      null,
      null,
    ])
  })

  test('is one for all machines of an IPv6 network, and another for the next network', async () => {
    let last = 0
    await untilRefused(() => get('/api/plugins', `2001:db8:1:1::${(++last).toString(16)}`))
    expect((await get('/api/plugins', '2001:db8:1:2::1')).status).toBe(200)
  })

  test('is a key’s own, wherever it is used, and not that of the address', async () => {
    const bob = await registry.person('bob', 'publisher')
    const { passed } = await untilRefused(() => get('/api/whoami', `192.0.2.${Math.ceil(Math.random() * 99)}`, bob.key))
    expect(passed).toBeGreaterThanOrEqual(40)
    expect((await get('/api/plugins', '192.0.2.100')).status).toBe(200)
    const other = await registry.person('bob', 'publisher')
    expect((await get('/api/whoami', '192.0.2.100', other.key)).status).toBe(200)
  })

  test('is another for reads, writes and publishes', async () => {
    const pia = await registry.person('pia', 'publisher')
    const publish = (version: string) =>
      sendPackage(registry, pia, goodPackage({ manifest: { id: 'limited', version } }))
    expect([(await publish('1.0.0')).status, (await publish('1.1.0')).status]).toEqual([201, 201])
    const third = await publish('1.2.0')
    expect([third.status, third.problem.code]).toEqual([429, 'too_many_requests'])
    expect((await get('/api/plugins/limited', '192.0.2.101', pia.key)).status).toBe(200)
    const write = () =>
      fetch(`${registry.url}/api/keys`, {
        method: 'POST',
        headers: { authorization: `Bearer ${pia.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ subject: 'pia', role: 'publisher' }),
      })
    const { passed, refused } = await untilRefused(write)
    expect(passed).toBeGreaterThanOrEqual(5)
    expect(refused.headers.get('ratelimit-policy')).toBe('"writes";q=5;w=60')
  })

  test('does not count whether the registry lives and is ready', async () => {
    await untilRefused(() => get('/api/plugins', '192.0.2.102'))
    for (const path of ['/healthz', '/readyz']) expect((await get(path, '192.0.2.102')).status).toBe(200)
  })
})

describe('guessing keys', () => {
  test('is stopped by address, before any key is looked up', async () => {
    const { passed, refused } = await untilRefused(() => get('/api/whoami', '198.51.100.1', newApiKey()))
    expect(passed).toBeGreaterThanOrEqual(3)
    expect(refused.headers.get('ratelimit-policy')).toBe('"guesses";q=3;w=60')
    expect((await get('/api/whoami', '198.51.100.1', sue.key)).status).toBe(429)
    expect((await get('/api/plugins', '198.51.100.1')).status).toBe(200)
    expect((await get('/api/whoami', '198.51.100.2', sue.key)).status).toBe(200)
  })

  test('is not what a robot does whose key was revoked', async () => {
    const { id, key } = await sue.client.createKey({ body: { subject: 'robot', role: 'publisher' } })
    await sue.client.revokeKey({ params: { keyId: id } })
    for (let times = 0; times < 10; times++) expect((await get('/api/whoami', '198.51.100.3', key)).status).toBe(401)
  })
})

test('refused changes are in the audit, as one row', async () => {
  const tom = await registry.person('tom', 'publisher')
  const send = () =>
    fetch(`${registry.url}/api/plugins/nothing/deprecate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tom.key}`, 'content-type': 'application/json' },
      body: '{"reason":"x"}',
    })
  await untilRefused(send)
  const { rows } = await sue.client.listAudit({ query: { actor: 'tom' } })
  expect(rows.map(({ code }) => code)).toContain('too_many_requests')
})

test('off is off', async () => {
  const open = await startTestRegistry({ PLEXICA_RATE_LIMITS: 'off' })
  try {
    const calls = Array.from({ length: 1_500 }, (_, at) => at)
    for (let at = 0; at < calls.length; at += 100) {
      const answers = await Promise.all(calls.slice(at, at + 100).map(() => fetch(`${open.url}/api/plugins?take=1`)))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
      await Promise.all(answers.map((answer) => answer.arrayBuffer()))
    }
  } finally {
    await open.stop()
  }
})
