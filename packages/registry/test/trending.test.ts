import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

const today = '2026-03-31'
let registry: TestRegistry
let root: Person

/** The registry runs in this process: its clock is the process's. */
const itIs = (day: string, time = '12:00:00.000Z') =>
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${day}T${time}`) })
const daysBefore = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10)
const trending = async (take?: number) =>
  (await root.client.trendingPlugins({ query: take === undefined ? {} : { take } })).plugins.map(({ id }) => id)

/** Days are counted after the fact, within moments. */
async function counted(expected: string[]) {
  for (let tries = 0; tries < 100 && (await trending()).join() !== expected.join(); tries++) await wait(50)
  expect(await trending()).toEqual(expected)
}

let tenants = 0
/** Installs a plugin for so many tenants that did not have it. */
async function install(pluginId: string, times: number, day: string, time?: string) {
  itIs(day, time)
  for (let left = times; left > 0; left--) {
    const tenantId = `t${tenants++}`
    await root.client.createTenant({ body: { id: tenantId, name: tenantId } })
    const params = { tenantId, pluginId }
    await root.client.installPlugin({ params, body: { grantedPermissions: ['orders:read'] } })
    // The same again is no other install.
    await root.client.installPlugin({ params, body: { grantedPermissions: ['orders:read'] } })
  }
}

let pia: Person

beforeAll(async () => {
  itIs('2025-11-01')
  registry = await startTestRegistry()
  root = await registry.person('root', 'super-admin')
  pia = await registry.person('pia', 'publisher')
  for (const id of ['steady', 'rising', 'single', 'past', 'ending', 'advised']) {
    const { version, digest } = await pia.client.publishPlugin({
      body: inChunks(goodPackage({ manifest: { id, name: id } })),
    })
    await root.client.approveVersion({ params: { pluginId: id }, body: { version, digest } })
  }
  await install('past', 3, daysBefore(63))
  await install('past', 9, daysBefore(7), '23:59:59.999Z')
  for (let week = 1; week <= 8; week++) await install('steady', 2, daysBefore(week * 7))
  await install('ending', 4, daysBefore(6), '00:00:00.000Z')
  await install('steady', 3, daysBefore(2))
  await install('rising', 5, daysBefore(1))
  await install('advised', 8, today)
  await install('single', 1, today)
  const params = { pluginId: 'advised' }
  await pia.client.deprecatePlugin({ params, body: { reason: 'Nobody mends it.' } })
})
afterEach(() => void itIs(today))
afterAll(async () => {
  vi.useRealTimers()
  await registry.stop()
})

test('what is installed more than usual, the most first; one install against none does not win', async () => {
  itIs(today)
  // (5 + 10) / 10, (4 + 10) / 10, (1 + 10) / 10, (3 + 10) / (2 + 10)
  await counted(['rising', 'ending', 'single', 'steady'])
  expect(await trending(2)).toEqual(['rising', 'ending'])
})

test('a day counts for a week, and then as what is usual', async () => {
  itIs(daysBefore(-1), '00:00:00.000Z')
  expect(await trending()).not.toContain('ending')
  itIs(daysBefore(1))
  // Nothing of the day after is known a day before; what ended a week ago is recent then.
  expect(await trending()).toEqual(['past', 'rising', 'ending', 'steady'])
  itIs(daysBefore(-70))
  expect(await trending()).toEqual([])
})

test('the answer for everybody is made once for some seconds, that for somebody known each time', async () => {
  itIs(today)
  const anybody = async () => (await registry.anonymous().trendingPlugins()).plugins.map(({ id }) => id)
  expect(await anybody()).toEqual(await trending())
  await install('single', 9, today)
  await counted(['single', 'rising', 'ending', 'steady'])
  expect((await trending())[0]).toBe('single')
  expect((await anybody())[0]).toBe('rising')
})

test('what is withdrawn or deleted leaves the answer for everybody at once', async () => {
  itIs(today)
  const anybody = async () => (await registry.anonymous().trendingPlugins()).plugins.map(({ id }) => id)
  expect(await anybody()).toContain('rising')
  const params = { pluginId: 'rising', version: '1.0.0' }
  await pia.client.yankVersion({ params, body: { reason: 'It loses orders.' } })
  expect(await anybody()).not.toContain('rising')
  await pia.client.unyankVersion({ params })
  expect(await anybody()).toContain('rising')
})
