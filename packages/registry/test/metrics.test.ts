import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { sendPackage } from './send-package.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let ann: Person
let sue: Person

beforeAll(async () => {
  registry = await startTestRegistry()
  ann = await registry.person('ann', 'publisher')
  sue = await registry.person('sue', 'super-admin')
})
afterAll(() => registry.stop())

async function metrics(): Promise<Map<string, number>> {
  const response = await fetch(`${registry.url}/metrics`, { headers: { authorization: `Bearer ${sue.key}` } })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining('0.0.4')])
  const text = await response.text()
  const samples = new Map<string, number>()
  const declared = new Set<string>()
  for (const line of text.trimEnd().split('\n')) {
    const [, type] = /^# TYPE (\S+) (?:counter|gauge|histogram)$/.exec(line) ?? []
    if (type) declared.add(type)
    if (line.startsWith('#')) continue
    const [, name = '', labels = '', value] = /^([a-z_]+)(\{[^{}]*\})? (\S+)$/.exec(line) ?? []
    expect(declared).toContain(name.replace(/_(bucket|sum|count)$/, ''))
    expect(samples.has(name + labels)).toBe(false)
    expect(Number(value)).not.toBeNaN()
    samples.set(name + labels, Number(value))
  }
  return samples
}

test('strangers and other roles get none', async () => {
  expect((await fetch(`${registry.url}/metrics`)).status).toBe(401)
  const response = await fetch(`${registry.url}/metrics`, { headers: { authorization: `Bearer ${ann.key}` } })
  expect(response.status).toBe(403)
})

test('tell what was published, downloaded and waits, also of answers that were ready', async () => {
  const bytes = goodPackage({ manifest: { id: 'counted' } })
  const { answer } = await sendPackage(registry, ann, bytes)
  await sendPackage(registry, ann, bytes)
  await sendPackage(registry, ann, Buffer.from('no package'))
  await wait(20)
  const waiting = await metrics()
  expect(waiting.get('plexica_review_queue_length')).toBe(1)
  expect(waiting.get('plexica_review_queue_oldest_seconds')).toBeGreaterThan(0.01)
  expect(waiting.get('plexica_publishes_total{result="created"}')).toBe(1)
  expect(waiting.get('plexica_publishes_total{result="unchanged"}')).toBe(1)
  expect(waiting.get('plexica_publishes_total{result="package_refused"}')).toBe(1)

  const params = { pluginId: 'counted' }
  await sue.client.approveVersion({ params, body: { version: '1.0.0', digest: answer.digest } })
  const address = `${registry.url}/api/plugins/counted/versions/1.0.0/package`
  for (let n = 0; n < 3; n++) await (await fetch(address)).arrayBuffer()
  await expect.poll(async () => (await metrics()).get('plexica_downloads_total')).toBe(3)
  const after = await metrics()
  expect(after.get('plexica_review_queue_length')).toBe(0)
  const route = '/api/plugins/:pluginId/versions/:version/package'
  const name = 'plexica_http_request_duration_seconds'
  const labels = `method="GET",route="${route}",status="2xx"`
  expect(after.get(`${name}_count{${labels}}`)).toBe(3)
  expect(after.get(`${name}_bucket{${labels},le="+Inf"}`)).toBe(3)
  expect(after.get(`${name}_bucket{${labels},le="0.005"}`)).toBeLessThanOrEqual(3)
  expect(after.get(`plexica_http_response_bytes_total{route="${route}"}`)).toBe(3 * bytes.length)
  expect(after.get('process_resident_memory_bytes')).toBeGreaterThan(10_000_000)
})

test('the label of a route never is what somebody typed', async () => {
  const before = (await metrics()).size
  for (let n = 0; n < 20; n++) await fetch(`${registry.url}/api/plugins/guess-${n}`)
  for (let n = 0; n < 20; n++) await fetch(`${registry.url}/guess-${n}"} 1`)
  const after = await metrics()
  expect([...after.keys()].join()).not.toContain('guess')
  expect(after.get('plexica_http_request_duration_seconds_count{method="GET",route="none",status="4xx"}')).toBe(20)
  // A histogram for a plugin that is not there, and one for an address that is none.
  expect(after.size - before).toBeLessThan(4 * 20)
})

test('a loop that was held up shows', async () => {
  await metrics()
  await wait(50)
  const until = performance.now() + 150
  while (performance.now() < until);
  await wait(50)
  expect((await metrics()).get('plexica_event_loop_lag_seconds{quantile="max"}')).toBeGreaterThan(0.1)
})
