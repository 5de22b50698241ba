import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { happen } from './happen.ts'
import { openStream } from './open-stream.ts'
import { plainPackage } from './plain-package.ts'
import { refusalOf } from './refusal-of.ts'
import { startPeople } from './start-people.ts'
import { type Person, startTestRegistry } from './test-registry.ts'

const { registry, ann, sue, tom, gil, publish, install } = await startPeople()
afterAll(() => registry.stop())
beforeAll(async () => {
  for (const id of ['ledger', 'abacus']) await publish(plainPackage({ id }))
  await install(tom, 'acme', 'ledger')
})

async function stream(person: Person, tenantId: string, more: Parameters<typeof openStream>[3] = {}) {
  const opened = await openStream(registry, person, tenantId, more)
  onTestFinished(opened.leave)
  return opened
}

let yanks = 0
/** Something happens to the plugin, each time something else. Gives the reason. */
async function yank(pluginId = 'ledger') {
  const reason = `Reason ${++yanks}`
  await ann.client.yankVersion({ params: { pluginId, version: '1.0.0' }, body: { reason } })
  return reason
}
const history = (person: Person, tenantId: string, query: { after?: number; take?: number } = {}) =>
  person.client.listEvents({ params: { tenantId }, query })

describe('a stream', () => {
  test('begins with where it is, and tells what happens from then on, without saying who did it', async () => {
    await yank()
    const { response, next, event } = await stream(tom, 'acme')
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    expect(response.headers.get('content-encoding')).toBeNull()
    const { last } = await history(tom, 'acme', { take: 100 })
    expect(await next()).toEqual({ retry: '2000', id: String(last) })
    const reason = await yank()
    const { id, event: type, data } = await event()
    expect({ type, data }).toEqual({
      type: 'version.yanked',
      data: {
        number: Number(id),
        type: 'version.yanked',
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        pluginId: 'ledger',
        version: '1.0.0',
        data: { reason },
      },
    })
    expect(Number(id)).toBeGreaterThan(last)
  })

  test('goes on after a lost connection with what happened since, and loses and repeats nothing', async () => {
    const first = await stream(tom, 'acme')
    const early = [await yank(), await yank()]
    const seen = [await first.event(), await first.event()]
    first.leave()
    const missed = [await yank(), await yank(), await yank()]
    const again = await stream(tom, 'acme', { headers: { 'last-event-id': seen.at(-1)?.id ?? '' } })
    const late = yank()
    for (let count = 0; count < 4; count++) seen.push(await again.event())
    expect(seen.map(({ data }) => data.data.reason)).toEqual([...early, ...missed, await late])
    // What a browser sends by itself counts for more than the address that it was once given.
    const after = seen[1]?.id
    const byQuery = await stream(tom, 'acme', { query: `?after=${after}` })
    expect((await byQuery.event()).data.data.reason).toBe(missed[0])
    const both = await stream(tom, 'acme', { query: '?after=0', headers: { 'last-event-id': after ?? '' } })
    expect((await both.event()).data.data.reason).toBe(missed[0])
  })

  test('from another process’s transaction comes too', async () => {
    const { event } = await stream(tom, 'acme')
    await happen(registry, { type: 'installation.enabled', tenantId: 'acme', pluginId: 'ledger', data: { by: 'two' } })
    expect((await event()).data).toMatchObject({ type: 'installation.enabled', data: { by: 'two' } })
  })

  test('from a number that was never given out waits for what comes next', async () => {
    const { next, event } = await stream(tom, 'acme', { headers: { 'last-event-id': '999999999999' } })
    expect(Number((await next())?.id)).toBeLessThan(10_000)
    const reason = await yank()
    expect((await event()).data.data).toEqual({ reason })
  })

  test('is refused from what is no number', async () => {
    const { response } = await stream(tom, 'acme', { headers: { 'last-event-id': 'yesterday' } })
    expect(await response.json()).toMatchObject({
      status: 400,
      code: 'request_invalid',
      findings: [{ path: 'header.Last-Event-ID' }],
    })
  })

  test('more than twenty for one key are refused until one ends', async () => {
    const { key } = await registry.person('tess', 'tenant-user', 'acme')
    const open = await Promise.all(Array.from({ length: 20 }, () => openStream(registry, { key }, 'acme')))
    onTestFinished(() => {
      for (const { leave } of open) leave()
    })
    const refused = await openStream(registry, { key }, 'acme')
    expect([refused.response.status, refused.response.headers.get('retry-after')]).toEqual([429, '30'])
    expect(await refused.response.json()).toMatchObject({ code: 'too_many_requests' })
    expect((await stream(tom, 'acme')).response.status).toBe(200)
    open[0]?.leave()
    const status = async () => {
      const { response, leave } = await openStream(registry, { key }, 'acme')
      leave()
      return response.status
    }
    await expect.poll(status).toBe(200)
  })

  test('asked for with HEAD ends at once and takes no place', async () => {
    const { key } = await registry.person('hal', 'tenant-user', 'acme')
    for (let count = 0; count < 25; count++) {
      const { status } = await fetch(`${registry.url}/api/tenants/acme/events`, {
        method: 'HEAD',
        headers: { authorization: `Bearer ${key}` },
      })
      expect(status).toBe(200)
    }
  })
})

describe('a tenant sees', () => {
  test('its own events and what becomes of plugins that it has, and nothing else', async () => {
    const { last: after } = await history(tom, 'acme', { take: 100 })
    await happen(
      registry,
      { type: 'submission.created', pluginId: 'ledger', version: '1.1.0' },
      { type: 'submission.approved', pluginId: 'ledger', version: '1.1.0' },
      { type: 'submission.approved', pluginId: 'abacus', version: '1.1.0' },
      { type: 'installation.configured', pluginId: 'ledger', tenantId: 'acme' },
      { type: 'installation.installed', pluginId: 'ledger', tenantId: 'globex' },
      { type: 'rating.created', pluginId: 'ledger' },
      { type: 'version.affected', pluginId: 'ledger', version: '1.0.0' },
    )
    await ann.client.deprecatePlugin({ params: { pluginId: 'ledger' }, body: { reason: 'It is old.' } })
    await ann.client.undeprecatePlugin({ params: { pluginId: 'ledger' } })
    await ann.client.addOwner({ params: { pluginId: 'ledger', subject: 'ben' } })
    const types = async (person: Person, tenantId: string) =>
      (await history(person, tenantId, { after })).events.map(({ type }) => type)
    expect(await types(tom, 'acme')).toEqual([
      'submission.approved',
      'installation.configured',
      'version.affected',
      'plugin.deprecated',
      'plugin.undeprecated',
    ])
    expect(await types(gil, 'globex')).toEqual(['installation.installed'])
    expect(await types(sue, 'globex')).toEqual(['installation.installed'])
    expect((await refusalOf(history(gil, 'acme'))).code).toBe('tenant_not_found')
    expect((await openStream(registry, gil, 'acme')).response.status).toBe(404)
  })

  test('all of it page by page', async () => {
    const all = (await history(tom, 'acme', { take: 100 })).events
    const paged: typeof all = []
    let more = true
    for (let after = 0; more; ) {
      const page = await history(tom, 'acme', { after, take: 3 })
      paged.push(...page.events)
      ;({ last: after, more } = page)
    }
    expect(all.length).toBeGreaterThan(6)
    expect(paged).toEqual(all)
  })

  test('nothing of versions that were never published, also when they are deleted', async () => {
    const { last: after } = await history(tom, 'acme', { take: 100 })
    const manifest = { id: 'ledger', version: '9.0.0-secret.1' }
    await ann.client.publishPlugin({ body: inChunks(goodPackage({ manifest })) })
    const params = { pluginId: 'ledger', version: manifest.version }
    await sue.client.deleteVersion({ params, query: { reason: 'Never mind.' } })
    expect((await history(tom, 'acme', { after })).events).toEqual([])
  })

  test('nothing twice: what changes nothing does not happen', async () => {
    const { last: after } = await history(tom, 'acme', { take: 100 })
    const params = { pluginId: 'ledger' }
    for (const reason of ['Old.', 'Old.', 'Older.']) await ann.client.deprecatePlugin({ params, body: { reason } })
    for (let count = 0; count < 2; count++) await ann.client.undeprecatePlugin({ params })
    const { events } = await history(tom, 'acme', { after })
    expect(events.map(({ type, data }) => [type, data.reason])).toEqual([
      ['plugin.deprecated', 'Old.'],
      ['plugin.deprecated', 'Older.'],
      ['plugin.undeprecated', undefined],
    ])
  })
})

describe('a stream ends', () => {
  test('properly within a minute of the key’s end, while others are told that it lives', {
    timeout: 90_000,
  }, async () => {
    const kim = await registry.person('kim', 'tenant-user', 'acme')
    const { keyId } = (await kim.client.whoami()) as { keyId: string }
    const theirs = await stream(kim, 'acme')
    const other = await stream(tom, 'acme')
    for (const { next } of [theirs, other]) expect(await next()).toMatchObject({ retry: '2000' })
    await sue.client.revokeKey({ params: { keyId } })
    expect(await theirs.next()).toBeUndefined()
    expect(await other.next()).toMatchObject({ '': 'beat' })
  })

  // Well below the ten seconds after which a stop goes by force.
  test('properly when the registry stops, which nothing holds up', { timeout: 8_000 }, async () => {
    const own = await startTestRegistry()
    const root = await own.person('root', 'super-admin')
    await root.client.createTenant({ body: { id: 'acme', name: 'Acme' } })
    const { next } = await openStream(own, root, 'acme')
    await next()
    // Such as a client opens in advance, and sends nothing on.
    const { hostname, port } = new URL(own.url)
    const silent = connect(Number(port), hostname)
    await once(silent, 'connect')
    const stopped = own.stop()
    // Cut off by force, it would throw.
    expect(await next()).toBeUndefined()
    await stopped
  })
})
