import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openWorld } from '../src/open-world.ts'
import { startRegistry } from '../src/start-registry.ts'
import { everyRow } from './fresh-database.ts'
import { happen } from './happen.ts'
import { refusalOf } from './refusal-of.ts'
import { seedPlugins } from './seed-plugins.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'
import { isSigned, startReceiver } from './webhook-receiver.ts'

let registry: TestRegistry
let receiver: Awaited<ReturnType<typeof startReceiver>>
let sue: Person
let ann: Person
let ben: Person
let tom: Person
let gil: Person

/** The registry's clock runs on as others do, from where the tests put it. */
let ahead = 0
const pass = (seconds: number) => {
  ahead += seconds * 1_000
}
const minute = 60
const hour = 60 * minute
const day = 24 * hour

const allowed = { PLEXICA_WEBHOOK_ALLOW_PRIVATE: 'true' }
const patiently = { timeout: 20_000, interval: 50 }

beforeAll(async () => {
  receiver = await startReceiver()
  registry = await startTestRegistry(allowed, () => new Date(Date.now() + ahead))
  sue = await registry.person('sue', 'super-admin')
  ann = await registry.person('ann', 'publisher')
  ben = await registry.person('ben', 'publisher')
  for (const id of ['acme', 'globex']) await sue.client.createTenant({ body: { id, name: id } })
  tom = await registry.person('tom', 'tenant-admin', 'acme')
  gil = await registry.person('gil', 'tenant-admin', 'globex')
  const { world, close } = await openWorld(registry.config, () => '')
  await seedPlugins(world.db, [{ manifest: { id: 'ledger' } }, { manifest: { id: 'abacus' } }])
  const added_at = world.now().toISOString()
  const owners = [
    { plugin_id: 'ledger', subject: 'ann', added_at },
    { plugin_id: 'abacus', subject: 'ben', added_at },
  ]
  await world.db.insertInto('plugin_owners').values(owners).execute()
  await close()
  await tom.client.installPlugin({ params: { tenantId: 'acme', pluginId: 'ledger' }, body: {} })
})
afterAll(async () => {
  await registry.stop()
  await receiver.stop()
})
beforeEach(() => {
  receiver.answers((response) => response.writeHead(204).end())
})

let paths = 0
/** A webhook at a path of its own. */
async function hook(person: Person, body: Partial<Parameters<Person['client']['createWebhook']>[0]['body']> = {}) {
  const path = `/hook-${++paths}`
  const { secret, ...webhook } = await person.client.createWebhook({ body: { url: receiver.url + path, ...body } })
  const params = { webhookId: webhook.id }
  onTestFinished(async () => {
    await person.client.deleteWebhook({ params }).catch(() => undefined)
  })
  return {
    secret,
    webhook,
    params,
    got: () => receiver.at(path),
    deliveries: async () => (await person.client.listDeliveries({ params })).deliveries,
    delivery: async () => (await person.client.listDeliveries({ params })).deliveries[0],
    now: () => person.client.getWebhook({ params }),
  }
}
const happened = (pluginId = 'ledger', type: 'version.yanked' | 'plugin.deprecated' = 'version.yanked') =>
  happen(registry, { type, pluginId, version: '1.0.0', data: { reason: 'It loses orders.' } })

describe('a webhook', () => {
  test('has a secret that is shown once and stands nowhere', async () => {
    const { secret, webhook, params } = await hook(ann, { description: 'Chat', eventTypes: ['version.yanked'] })
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(webhook).toMatchObject({
      scope: 'plugins',
      tenantId: null,
      description: 'Chat',
      eventTypes: ['version.yanked'],
      enabled: true,
      failingSince: null,
      createdBy: 'ann',
    })
    expect(await ann.client.getWebhook({ params })).toEqual(webhook)
    expect((await ann.client.listWebhooks()).webhooks).toEqual([webhook])
    expect(await everyRow(await databaseUrl())).not.toContain(secret.slice(10, 30))
  })

  test('is its maker’s, or its tenant’s, and no stranger’s', async () => {
    const { params } = await hook(ann)
    const ofAcme = await hook(tom)
    const ada = await registry.person('ada', 'tenant-admin', 'acme')
    expect(ofAcme.webhook).toMatchObject({ scope: 'tenant', tenantId: 'acme' })
    expect(await ada.client.getWebhook({ params: ofAcme.params })).toEqual(ofAcme.webhook)
    expect((await hook(sue)).webhook).toMatchObject({ scope: 'everything', tenantId: null })
    expect((await sue.client.listWebhooks({ query: { take: 100 } })).total).toBe(3)
    for (const { client } of [ben, tom]) {
      const calls = [
        () => client.getWebhook({ params }),
        () => client.updateWebhook({ params, body: { enabled: false } }),
        () => client.deleteWebhook({ params }),
        () => client.testWebhook({ params }),
        () => client.listDeliveries({ params }),
      ]
      for (const call of calls) expect((await refusalOf(call())).code).toBe('webhook_not_found')
    }
    expect((await refusalOf(gil.client.getWebhook({ params: ofAcme.params }))).code).toBe('webhook_not_found')
    expect((await gil.client.listWebhooks()).total).toBe(0)
  })

  test('is changed and deleted', async () => {
    const { params, webhook } = await hook(ann)
    const body = { url: 'https://hooks.example.com/x', eventTypes: ['plugin.deprecated' as const], enabled: false }
    const changed = await ann.client.updateWebhook({ params, body })
    expect(changed).toMatchObject({ ...webhook, ...body, updatedAt: expect.any(String) })
    expect(await ann.client.updateWebhook({ params, body: { enabled: true } })).toMatchObject({ enabled: true })
    await ann.client.deleteWebhook({ params })
    expect((await refusalOf(ann.client.getWebhook({ params }))).code).toBe('webhook_not_found')
  })

  test('cannot be one of too many', async () => {
    const cat = await registry.person('cat', 'publisher')
    for (let count = 0; count < 20; count++) await hook(cat)
    expect((await refusalOf(hook(cat))).code).toBe('too_many_webhooks')
    expect((await hook(ann)).webhook.enabled).toBe(true)
  })
})

async function databaseUrl(): Promise<string> {
  const { database } = registry.config
  return database.engine === 'postgres' ? database.url : `sqlite:${database.path}`
}

describe('a delivery', () => {
  test('is signed by the Standard Webhooks convention and tells what happened', async () => {
    const { secret, got, delivery } = await hook(ann)
    await happened()
    await expect.poll(() => got().length, patiently).toBe(1)
    const [first] = got()
    if (!first) throw new Error('nothing came')
    expect(isSigned(first, secret)).toBe(true)
    expect(isSigned({ ...first, text: first.text.replace('loses', 'keeps') }, secret)).toBe(false)
    expect(Math.abs(Number(first.timestamp) * 1_000 - Date.now() - ahead)).toBeLessThan(60_000)
    expect(first.json).toMatchObject({
      type: 'version.yanked',
      timestamp: first.json.data.at,
      data: { pluginId: 'ledger', version: '1.0.0', data: { reason: 'It loses orders.' } },
    })
    expect(first.text).not.toContain('someone')
    await expect.poll(delivery, patiently).toMatchObject({
      id: first.id,
      type: 'version.yanked',
      eventNumber: first.json.data.number,
      state: 'delivered',
      attempts: 1,
      lastStatus: 204,
      lastError: null,
      nextAttemptAt: null,
    })
  })

  test('is made for those whom the event concerns, of the types that they want', async () => {
    const hooks = {
      all: await hook(sue),
      deprecations: await hook(sue, { eventTypes: ['plugin.deprecated'] }),
      owner: await hook(ann),
      other: await hook(ben),
      tenant: await hook(tom),
      stranger: await hook(gil),
    }
    await happen(
      registry,
      { type: 'version.yanked', pluginId: 'ledger', version: '1.0.0' },
      { type: 'plugin.deprecated', pluginId: 'abacus' },
      { type: 'rating.created', pluginId: 'ledger' },
      { type: 'installation.enabled', pluginId: 'ledger', tenantId: 'acme' },
      { type: 'installation.enabled', pluginId: 'abacus', tenantId: 'globex' },
    )
    await expect.poll(() => hooks.all.got().length, patiently).toBe(5)
    const expected = {
      all: [
        'version.yanked',
        'plugin.deprecated',
        'rating.created',
        'installation.enabled acme',
        'installation.enabled globex',
      ],
      deprecations: ['plugin.deprecated'],
      owner: ['version.yanked', 'rating.created'],
      other: ['plugin.deprecated'],
      tenant: ['version.yanked', 'installation.enabled acme'],
      stranger: ['installation.enabled globex'],
    }
    const got = () =>
      Object.fromEntries(
        Object.entries(hooks).map(([name, { got }]) => [
          name,
          got().map(({ json: { type, data } }) => [type, data.tenantId].filter(Boolean).join(' ')),
        ]),
      )
    await expect.poll(got, patiently).toEqual(expected)
  })

  test('that is not taken comes again under its id, later each time, until it is', async () => {
    const { secret, got, delivery, now } = await hook(ann)
    receiver.answers((response) => response.writeHead(500).end('no'))
    await happened()
    await expect.poll(delivery, patiently).toMatchObject({ attempts: 1, lastStatus: 500, state: 'pending' })
    expect(await delivery()).toMatchObject({ lastError: 'The answer had the status 500.' })
    expect(await now()).toMatchObject({ failingSince: expect.any(String) })
    pass(10)
    await expect.poll(delivery, patiently).toMatchObject({ attempts: 2, state: 'pending', lastStatus: 500 })
    const { nextAttemptAt, lastAttemptAt } = (await delivery()) ?? {}
    const wait = Date.parse(nextAttemptAt ?? '') - Date.parse(lastAttemptAt ?? '')
    expect([wait > 15_000, wait < 30_000]).toEqual([true, true])
    receiver.answers((response) => response.writeHead(200).end('thanks'))
    pass(minute)
    await expect.poll(delivery, patiently).toMatchObject({ attempts: 3, state: 'delivered', lastStatus: 200 })
    expect(await now()).toMatchObject({ failingSince: null })
    expect(got().map((one) => isSigned(one, secret))).toEqual([true, true, true])
    expect(new Set(got().map(({ id }) => id)).size).toBe(1)
    expect(new Set(got().map(({ timestamp }) => timestamp)).size).toBe(3)
  })

  test('that nobody takes for a day is dead, and can be sent once more by hand', async () => {
    const { params, got, delivery, now } = await hook(ann)
    receiver.answers((response) => response.writeHead(503).end())
    await happened()
    await expect.poll(delivery, patiently).toMatchObject({ attempts: 1, state: 'pending' })
    pass(day)
    await expect.poll(delivery, patiently).toMatchObject({ attempts: 2, state: 'dead', nextAttemptAt: null })
    expect(await now()).toMatchObject({ enabled: true })
    pass(day)
    receiver.answers((response) => response.writeHead(204).end())
    const deliveryId = (await delivery())?.id ?? ''
    expect(got()).toHaveLength(2)
    expect(await ann.client.redeliver({ params: { ...params, deliveryId } })).toMatchObject({ id: deliveryId })
    await expect.poll(delivery, patiently).toMatchObject({ attempts: 3, state: 'delivered' })
    expect(new Set(got().map(({ id }) => id))).toEqual(new Set([deliveryId]))
    const missing = ann.client.redeliver({ params: { ...params, deliveryId: 'msg_none' } })
    expect((await refusalOf(missing)).code).toBe('delivery_not_found')
  })

  test('that nobody takes for days turns its webhook off, until somebody turns it on', async () => {
    const { params, got, deliveries, now } = await hook(ann)
    receiver.answers((response) => response.writeHead(404).end())
    const states = async () => (await deliveries()).map(({ state }) => state)
    for (let days = 0; days < 3; days++) {
      expect(await now()).toMatchObject({ enabled: true })
      await happened()
      await expect.poll(async () => (await states())[0], patiently).toBe('pending')
      await expect.poll(async () => (await deliveries())[0]?.attempts, patiently).toBe(1)
      pass(day + hour)
      await expect.poll(async () => (await states())[0], patiently).toBe('dead')
    }
    expect(await now()).toMatchObject({
      enabled: false,
      disabledReason: expect.stringMatching(/^It has taken nothing/),
    })
    const before = got().length
    await happened()
    const other = await hook(ann)
    await ann.client.testWebhook({ params: other.params })
    await expect.poll(() => other.got().length, patiently).toBe(1)
    expect(got()).toHaveLength(before)
    receiver.answers((response) => response.writeHead(204).end())
    const enabled = await ann.client.updateWebhook({ params, body: { enabled: true } })
    expect(enabled).toMatchObject({ enabled: true, disabledReason: null, failingSince: null })
    await ann.client.testWebhook({ params })
    await expect.poll(() => got().at(-1)?.json.type, patiently).toBe('webhook.test')
  })

  test('follows no redirect', async () => {
    const { params, delivery } = await hook(ann)
    receiver.answers((response) => response.writeHead(307, { location: '/elsewhere' }).end())
    await ann.client.testWebhook({ params })
    await expect.poll(delivery, patiently).toMatchObject({ attempts: 1, lastStatus: 307, state: 'pending' })
    expect(receiver.at('/elsewhere')).toEqual([])
  })

  test('does not listen to endless answers', async () => {
    const { params, delivery } = await hook(ann)
    let isCut = false
    receiver.answers((response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'.repeat(500)), 10)
      response.once('close', () => {
        isCut = true
        clearInterval(timer)
      })
    })
    await ann.client.testWebhook({ params })
    await expect.poll(delivery, patiently).toMatchObject({ attempts: 1, lastStatus: 200, state: 'delivered' })
    await expect.poll(() => isCut).toBe(true)
  })

  test('to nobody is told as such', async () => {
    const { params, delivery } = await hook(ann, { url: 'http://127.0.0.1:1/' })
    await ann.client.testWebhook({ params })
    await expect.poll(delivery, patiently).toMatchObject({
      attempts: 1,
      lastStatus: null,
      lastError: 'The connection failed: ECONNREFUSED.',
    })
  })

  test('is sent once by several processes, each event by one of them', async () => {
    const { got, deliveries } = await hook(ann)
    const others = [
      await startRegistry({ ...registry.config, port: 0 }),
      await startRegistry({ ...registry.config, port: 0 }),
    ]
    onTestFinished(async () => {
      for (const { stop } of others) await stop()
    })
    receiver.answers((response) => setTimeout(() => response.writeHead(204).end(), 50))
    await happen(
      registry,
      ...Array.from({ length: 20 }, () => ({ type: 'version.yanked' as const, pluginId: 'ledger', version: '1.0.0' })),
    )
    const done = async () => (await deliveries()).filter(({ state }) => state === 'delivered').length
    await expect.poll(done, patiently).toBe(20)
    const ids = got().map(({ id }) => id)
    expect(ids).toHaveLength(20)
    expect(new Set(ids).size).toBe(20)
    expect((await deliveries()).map(({ attempts }) => attempts)).toEqual(Array(20).fill(1))
  })
})

describe('without the settings', () => {
  test('addresses of private networks are refused, and names that lead there', async () => {
    const own = await startTestRegistry()
    onTestFinished(() => own.stop())
    const pia = await own.person('pia', 'publisher')
    for (const url of [
      receiver.url,
      `http://[::1]:${receiver.port}/`,
      'http://169.254.169.254/',
      'http://10.1.2.3/x',
    ]) {
      const refused = await refusalOf(pia.client.createWebhook({ body: { url } }))
      expect(refused).toMatchObject({ code: 'request_invalid', findings: [{ path: 'body.url' }] })
    }
    const url = `http://localhost:${receiver.port}/private`
    const params = { webhookId: (await pia.client.createWebhook({ body: { url } })).id }
    await pia.client.testWebhook({ params })
    const delivery = async () => (await pia.client.listDeliveries({ params })).deliveries[0]
    await expect.poll(delivery, patiently).toMatchObject({
      attempts: 1,
      lastStatus: null,
      lastError: 'The address is not one of the public internet.',
    })
    expect(receiver.at('/private')).toEqual([])
  })

  test('there is no webhook without a key to seal its secret with', async () => {
    const own = await startTestRegistry({ PLEXICA_SECRET_KEY: '' })
    onTestFinished(() => own.stop())
    const pia = await own.person('pia', 'publisher')
    const refused = await refusalOf(pia.client.createWebhook({ body: { url: 'https://hooks.example.com/' } }))
    expect(refused).toMatchObject({ code: 'secrets_unavailable', fix: 'The operator sets PLEXICA_SECRET_KEY.' })
  })
})
