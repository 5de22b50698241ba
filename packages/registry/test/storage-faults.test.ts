import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { type FaultyS3, startFaultyS3 } from './faulty-s3.ts'
import { sendPackage } from './send-package.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let s3: FaultyS3
let registry: TestRegistry
let ann: Person
let sue: Person

beforeAll(async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' })
  s3 = await startFaultyS3()
  registry = await startTestRegistry({ PLEXICA_STORAGE_URL: `s3://plexica?endpoint=${s3.endpoint}` })
  ann = await registry.person('ann', 'publisher')
  sue = await registry.person('sue', 'super-admin')
})
beforeEach(() => {
  s3.fault = 'none'
})
afterAll(async () => {
  await registry.stop()
  await s3.stop()
})

const approve = (id: string, digest: string) =>
  fetch(`${registry.url}/api/plugins/${id}/approve`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sue.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ version: '1.0.0', digest }),
  })
const stateOf = async (id: string) =>
  (await sue.client.getVersion({ params: { pluginId: id, version: '1.0.0' } })).state
const script = (id: string) => fetch(`${registry.url}/plugins/bundles/${id}/v1.0.0/bundle.js`)

describe.each([
  ['gone', 'storage_unavailable'],
  ['full', 'storage_full'],
  ['cut', 'storage_unavailable'],
] as const)('while the bucket is %s', (fault, code) => {
  test('an upload is refused in words, leaves nothing, and is taken when that is over', async () => {
    const id = `upload-${fault}`
    const bytes = goodPackage({ manifest: { id }, files: { 'assets/noise.png': randomBytes(300_000) } })
    s3.fault = fault
    const response = await fetch(`${registry.url}/api/plugins`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ann.key}`, 'content-type': 'application/gzip' },
      body: bytes as Uint8Array<ArrayBuffer>,
    })
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await response.json()).toMatchObject({ code })
    s3.fault = 'none'
    await expect(ann.client.getPlugin({ params: { pluginId: id } })).rejects.toMatchObject({ code: 'plugin_not_found' })
    expect((await sue.client.listSubmissions({ query: { pluginId: id } })).total).toBe(0)

    expect((await sendPackage(registry, ann, bytes)).answer).toMatchObject({ created: true })
    const same = await ann.client.getPackage({ params: { pluginId: id, version: '1.0.0' } })
    expect(Buffer.from(await same.arrayBuffer()).equals(bytes)).toBe(true)
  })

  test('an approval fails whole: the version waits on, and nothing of it is served', async () => {
    const id = `approval-${fault}`
    const { answer } = await sendPackage(registry, ann, goodPackage({ manifest: { id } }))
    s3.fault = fault
    const refused = await approve(id, answer.digest)
    expect(refused.status).toBe(503)
    expect(await refused.json()).toMatchObject({ code })
    s3.fault = 'none'
    expect(await stateOf(id)).toBe('pending_review')
    expect((await script(id)).status).toBe(404)
    expect((await approve(id, answer.digest)).status).toBe(200)
    expect((await script(id)).status).toBe(200)
  })
})

test('a bucket that goes away between two files of an approval leaves no half of it', async () => {
  const { answer } = await sendPackage(registry, ann, goodPackage({ manifest: { id: 'between' } }))
  s3.fault = { writes: 1 }
  const refused = await approve('between', answer.digest)
  expect(refused.status).toBe(503)
  expect(await refused.json()).toMatchObject({ code: 'storage_unavailable' })
  s3.fault = 'none'
  expect([await stateOf('between'), (await script('between')).status]).toEqual(['pending_review', 404])
  expect((await approve('between', answer.digest)).status).toBe(200)
  expect((await script('between')).status).toBe(200)
})

test.each([
  ['small', 1_000],
  ['large', 6_000_000],
])(
  'a %s download from a bucket that breaks off is never taken for whole, and works when that is over',
  async (size, bytes) => {
    const id = `broken-${size}`
    const sent = goodPackage({ manifest: { id }, files: { 'assets/noise.png': randomBytes(bytes) } })
    await sendPackage(registry, ann, sent)
    s3.fault = 'cut'
    const download = () =>
      fetch(`${registry.url}/api/plugins/${id}/versions/1.0.0/package`, {
        headers: { authorization: `Bearer ${ann.key}` },
      })
    const whole = await download().then(
      async (response) => response.ok && (await response.arrayBuffer().catch(() => false)) !== false,
      () => false,
    )
    expect(whole).toBe(false)
    s3.fault = 'none'
    expect(Buffer.from(await (await download()).arrayBuffer()).equals(sent)).toBe(true)
  },
)

test('a slow bucket makes uploads slow and nobody else', async () => {
  s3.fault = 'slow'
  let isDone = false
  const publishing = sendPackage(registry, ann, goodPackage({ manifest: { id: 'slowly' } })).finally(() => {
    isDone = true
  })
  let answered = 0
  while (!isDone && answered < 50) {
    expect((await fetch(`${registry.url}/api/plugins`)).status).toBe(200)
    answered++
  }
  expect(answered).toBeGreaterThan(5)
  expect((await publishing).answer).toMatchObject({ created: true })
})

test('readiness tells of the bucket alone, and recovers by itself', async () => {
  const readiness = async () => {
    const response = await fetch(`${registry.url}/readyz`)
    return { status: response.status, body: await response.json() }
  }
  s3.fault = 'gone'
  expect(await readiness()).toMatchObject({ status: 503, body: { parts: { database: 'ok', blobs: 'down' } } })
  expect((await fetch(`${registry.url}/healthz`)).status).toBe(200)
  s3.fault = 'none'
  expect(await readiness()).toEqual({ status: 200, body: { database: 'ok', blobs: 'ok' } })
})
