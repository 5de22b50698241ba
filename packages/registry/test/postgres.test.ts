import type { PluginDetail } from '@plexica/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { createKey } from '../src/auth/create-key.ts'
import { readConfig } from '../src/config.ts'
import { connect } from '../src/db/connect.ts'
import { migrate } from '../src/db/migrate.ts'
import { CannotOpen, openWorld } from '../src/open-world.ts'
import { type RunningRegistry, startRegistry } from '../src/start-registry.ts'
import { openStream } from './open-stream.ts'
import { seedPlugins } from './seed-plugins.ts'
import { sendPackage } from './send-package.ts'
import { startPostgres, type TestPostgres } from './start-postgres.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let server: TestPostgres

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(async () => {
  await server.stop()
})

test('while the server is away requests are told so, and when it is back everything works without a restart', async () => {
  const registry = await startTestRegistry({ PLEXICA_DATABASE_URL: server.url })
  try {
    const root = await registry.person('root', 'super-admin')
    await root.client.createTenant({ body: { id: 'acme', name: 'Acme' } })
    await server.halt()
    for (let times = 0; times < 3; times++) {
      const answer = await fetch(`${registry.url}/api/plugins`)
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
      expect(await answer.json()).toMatchObject({ code: 'storage_unavailable' })
    }
    await expect(root.client.createTenant({ body: { id: 'globex', name: 'Globex' } })).rejects.toMatchObject({
      code: 'storage_unavailable',
    })
    const ready = await fetch(`${registry.url}/readyz`)
    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({ detail: 'Not reachable: database.' })
    expect((await fetch(`${registry.url}/healthz`)).status).toBe(200)

    await server.resume()
    expect((await fetch(`${registry.url}/readyz`)).status).toBe(200)
    await root.client.createTenant({ body: { id: 'globex', name: 'Globex' } })
    expect((await root.client.listTenants()).tenants.map(({ id }) => id)).toEqual(['acme', 'globex'])
  } finally {
    await registry.stop()
  }
})

test('a server that stops and starts under load costs refusals, but no version that was acknowledged and none twice', async () => {
  const registry = await startTestRegistry({ PLEXICA_DATABASE_URL: server.url })
  try {
    const ann = await registry.person('load', 'publisher')
    const sue = await registry.person('sue', 'super-admin')
    const acknowledged: string[] = []
    const refused = new Set<string>()
    let over = false
    const publish = async (client: number) => {
      for (let n = 0; !over; n++) {
        const id = `load-${client}-${n}`
        const bytes = goodPackage({ manifest: { id } })
        // Sent again until it is taken, as the command line does.
        for (let isTaken = false; !isTaken && !over; ) {
          const { status, problem } = await sendPackage(registry, ann, bytes)
          isTaken = status === 201
          if (isTaken) acknowledged.push(id)
          else refused.add(`${status} ${problem.code}`)
        }
      }
    }
    const working = [0, 1, 2, 3].map(publish)
    for (let time = 0; time < 2; time++) {
      const before = acknowledged.length
      await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 2)
      await server.halt()
      await expect.poll(() => refused.size, { timeout: 20_000 }).toBeGreaterThan(0)
      await server.resume()
    }
    const before = acknowledged.length
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 2)
    over = true
    await Promise.all(working)
    expect([...refused]).toEqual(['503 storage_unavailable'])
    for (const id of acknowledged) {
      const version = await ann.client.getVersion({ params: { pluginId: id, version: '1.0.0' } })
      expect(version.state).toBe('pending_review')
      expect((await ann.client.getPackage({ params: { pluginId: id, version: '1.0.0' } })).status).toBe(200)
      expect((await sue.client.listSubmissions({ query: { pluginId: id } })).total).toBe(1)
    }
  } finally {
    await registry.stop()
  }
}, 120_000)

test('a server that cannot be reached, or has no such database, is named when the registry starts', async () => {
  const opening = async (url: string) => {
    const read = readConfig({ PLEXICA_DATABASE_URL: url, PLEXICA_STORAGE_URL: 'file:/tmp/plexica-unused' })
    if ('problems' in read) throw new Error(read.problems.join('\n'))
    return openWorld(read.config, () => '').then(
      () => undefined,
      (error: unknown) => error,
    )
  }
  const nobody = await opening('postgres://ann:secret@127.0.0.1:1/plexica')
  const nothing = await opening(server.url.replace('/postgres', '/nothing').replace('postgres@', 'postgres:secret@'))
  for (const error of [nobody, nothing]) expect(error).toBeInstanceOf(CannotOpen)
  expect(String(nobody)).toContain('ECONNREFUSED')
  expect(String(nobody)).not.toContain('secret')
})

test('two registries on one database see each other’s writes', async () => {
  const one = await startTestRegistry({ PLEXICA_DATABASE_URL: server.url })
  const other = await startRegistry({ ...one.config, port: 0 })
  try {
    const { world, close } = await openWorld(one.config, () => one.url)
    const { key } = await createKey(world, { subject: 'sue', role: 'super-admin' })
    await close()
    const answer = await fetch(`${other.url}/api/whoami`, { headers: { authorization: `Bearer ${key}` } })
    expect(await answer.json()).toMatchObject({ subject: 'sue', role: 'super-admin' })
  } finally {
    await other.stop()
    await one.stop()
  }
})

describe('two registries on one database', () => {
  let one: TestRegistry
  let other: RunningRegistry
  let root: Person

  beforeAll(async () => {
    one = await startTestRegistry({ PLEXICA_DATABASE_URL: server.url })
    other = await startRegistry({ ...one.config, port: 0 })
    root = await one.person('root', 'super-admin')
    await root.client.createTenant({ body: { id: 'umbrella', name: 'Umbrella' } })
    const { world, close } = await openWorld(one.config, () => one.url)
    await seedPlugins(world.db, [{ manifest: { id: 'ledger' } }])
    const owner = { plugin_id: 'ledger', subject: 'root', added_at: world.now().toISOString() }
    await world.db.insertInto('plugin_owners').values(owner).execute()
    await close()
    await root.client.installPlugin({ params: { tenantId: 'umbrella', pluginId: 'ledger' }, body: {} })
  })
  afterAll(async () => {
    await other.stop()
    await one.stop()
  })

  const deprecate = (reason: string) =>
    root.client.deprecatePlugin({ params: { pluginId: 'ledger' }, body: { reason } })
  const reasonAt = async ({ url }: { url: string }) => {
    const answer = await fetch(`${url}/api/plugins/ledger`)
    const { deprecation } = (await answer.json()) as PluginDetail
    return deprecation?.reason
  }

  test('what happens on one shows on the other’s streams at once, in its order', async () => {
    const streams = [await openStream(one, root, 'umbrella'), await openStream(other, root, 'umbrella')]
    const reasons = ['First.', 'Second.', 'Third.']
    for (const { next } of streams) await next()
    for (const reason of reasons) await deprecate(reason)
    for (const { event, leave } of streams) {
      const seen = [await event(), await event(), await event()]
      expect(seen.map(({ data }) => data.data.reason)).toEqual(reasons)
      leave()
    }
  })

  test('what one changes the other no longer answers from memory', async () => {
    for (const reason of ['Old.', 'Older.', 'Oldest.']) {
      // The second is answered from what the first left ready.
      for (let times = 0; times < 2; times++) await reasonAt(other)
      await deprecate(reason)
      await expect.poll(() => reasonAt(other), { interval: 5 }).toBe(reason)
    }
    // What is changed without an event, too.
    const rated = async () => {
      const answer = await fetch(`${other.url}/api/plugins/ledger`)
      return ((await answer.json()) as PluginDetail).ratingCount
    }
    const tom = await one.person('tom', 'tenant-admin', 'umbrella')
    expect(await rated()).toBe(0)
    const { id } = await tom.client.ratePlugin({ params: { pluginId: 'ledger' }, body: { stars: 5 } })
    await expect.poll(rated, { interval: 5 }).toBe(1)
    await tom.client.deleteRating({ params: { pluginId: 'ledger', ratingId: id } })
    await expect.poll(rated, { interval: 5 }).toBe(0)
  })

  test('after the connection was lost nothing old is answered, and streams go on where they were', async () => {
    const { next, event, leave } = await openStream(other, root, 'umbrella')
    await next()
    await deprecate('Before.')
    const { id } = await event()
    for (let times = 0; times < 2; times++) await reasonAt(other)
    await server.halt()
    await expect.poll(() => reasonAt(other)).toBeUndefined()
    await server.resume()
    await deprecate('After.')
    // While it hears of nobody, it asks the database each time.
    expect(await reasonAt(other)).toBe('After.')
    leave()
    const again = await openStream(other, root, 'umbrella', { headers: { 'last-event-id': id } })
    expect((await again.event()).data.data.reason).toBe('After.')
    await deprecate('Much later.')
    expect((await again.event()).data.data.reason).toBe('Much later.')
    again.leave()
    await expect.poll(() => reasonAt(other), { interval: 5 }).toBe('Much later.')
  })
})

test('a text with a character that PostgreSQL cannot keep is kept without it', async () => {
  const db = connect({ engine: 'postgres', url: server.url })
  await migrate(db)
  const at = '2026-01-01T00:00:00.000Z'
  await db.insertInto('tenants').values({ id: 'nul', name: 'a\0b', created_at: at }).execute()
  const row = await db.selectFrom('tenants').selectAll().where('name', '=', 'a\0b').executeTakeFirst()
  await db.destroy()
  expect(row).toEqual({ id: 'nul', name: 'a\u{fffd}b', created_at: at })
})

test('two registries on one database share the budgets of requests', async () => {
  const one = await startTestRegistry({ PLEXICA_DATABASE_URL: server.url, PLEXICA_RATE_LIMITS: 'reads=100' })
  const other = await startRegistry({ ...one.config, port: 0 })
  try {
    const sue = await one.person('sue', 'super-admin')
    const headers = { authorization: `Bearer ${sue.key}` }
    const started = performance.now()
    let passed = 0
    for (let refused = 0; refused < 10; ) {
      for (const { url } of [one, other]) {
        const { status } = await fetch(`${url}/api/whoami`, { headers })
        if (status === 200) passed++
        else refused++
      }
    }
    // One budget, and what it gained in the meantime; with a budget for each it would be twice as much.
    const gained = ((performance.now() - started) / 60_000) * 100
    expect(passed).toBeGreaterThanOrEqual(90)
    expect(passed).toBeLessThanOrEqual(100 + Math.ceil(gained))
  } finally {
    await other.stop()
    await one.stop()
  }
})
