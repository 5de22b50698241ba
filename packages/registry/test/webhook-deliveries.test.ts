import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { startRegistry } from '../src/start-registry.ts'
import { happen } from './happen.ts'
import { refusalOf } from './refusal-of.ts'
import { patiently, startWithHooks } from './webhook-people.ts'
import { isSigned } from './webhook-receiver.ts'

const setup = await startWithHooks()
const { registry, receiver, sue, ann, ben, tom, gil, hook, happened, pass } = setup
afterAll(() => setup.stop())
beforeEach(() => {
  receiver.answers((response) => response.writeHead(204).end())
})

const minute = 60
const hour = 60 * minute
const day = 24 * hour

describe('a delivery', () => {
  test('is signed by the Standard Webhooks convention and tells what happened', async () => {
    const { secret, got, delivery } = await hook(ann)
    await happened()
    await expect.poll(() => got().length, patiently).toBe(1)
    const [first] = got()
    if (!first) throw new Error('nothing came')
    expect(isSigned(first, secret)).toBe(true)
    expect(isSigned({ ...first, text: first.text.replace('loses', 'keeps') }, secret)).toBe(false)
    expect(Math.abs(Number(first.timestamp) * 1_000 - setup.now().getTime())).toBeLessThan(60_000)
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
    const pause = async () => {
      const { nextAttemptAt, lastAttemptAt } = (await delivery()) ?? {}
      return Date.parse(nextAttemptAt ?? '') - Date.parse(lastAttemptAt ?? '')
    }
    // While it is on its way, nobody else sends it for a longer time.
    await expect.poll(pause, patiently).toBeLessThan(30_000)
    expect(await pause()).toBeGreaterThan(15_000)
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
    receiver.answers((response) => response.writeHead(204).end())
    const other = await hook(ann, { eventTypes: ['plugin.deprecated'] })
    await ann.client.testWebhook({ params: other.params })
    await expect.poll(() => other.got().length, patiently).toBe(1)
    expect(got()).toHaveLength(before)
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
      await startRegistry({ ...registry.config, port: 0 }, undefined, setup.now),
      await startRegistry({ ...registry.config, port: 0 }, undefined, setup.now),
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
