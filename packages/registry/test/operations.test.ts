import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApiDocument } from '@plexica/api'
import { expect, onTestFinished, test } from 'vitest'
import { openWorld } from '../src/open-world.ts'
import { checkReadiness } from '../src/operations/check-readiness.ts'
import { startTestRegistry } from './test-registry.ts'

async function start(env: Record<string, string> = {}) {
  const registry = await startTestRegistry(env)
  onTestFinished(() => registry.stop())
  return registry
}

test('a registry that runs is alive and ready', async () => {
  const { url } = await start()
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' })
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ database: 'ok', blobs: 'ok' })
})

test('one whose blob store has gone is alive, not ready, and says what is missing', async () => {
  const blobs = await mkdtemp(join(tmpdir(), 'plexica-gone-'))
  onTestFinished(() => rm(blobs, { recursive: true }))
  const registry = await start({ PLEXICA_STORAGE_URL: `file:${blobs}` })
  await rm(blobs, { recursive: true })
  await writeFile(blobs, '')
  expect((await fetch(`${registry.url}/healthz`)).status).toBe(200)
  const response = await fetch(`${registry.url}/readyz`)
  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).toBe('5')
  expect(await response.json()).toMatchObject({
    code: 'storage_unavailable',
    detail: 'Not reachable: blobs.',
    parts: { database: 'ok', blobs: 'down' },
  })
  await rm(blobs)
  await mkdir(join(blobs, '.staging'), { recursive: true })
  expect(await (await fetch(`${registry.url}/readyz`)).json()).toEqual({ database: 'ok', blobs: 'ok' })
})

test('parts that are down are named together, and one that hangs is not waited for', async () => {
  const registry = await start()
  const { world, close } = await openWorld(registry.config, () => registry.url)
  await close()
  const hanging = { ...world.blobs, check: () => new Promise<never>(() => undefined) }
  const started = performance.now()
  await expect(checkReadiness({ ...world, blobs: hanging })).rejects.toThrow('Not reachable: database and blobs.')
  expect(performance.now() - started).toBeLessThan(4_000)
})

test('the platform is what its file says; a registry without one says so', async () => {
  const { url } = await start()
  const response = await fetch(`${url}/api/platform`)
  expect(await response.json()).toMatchObject({ name: 'Test platform', version: '1.4.0' })
  const same = await fetch(`${url}/api/platform`, { headers: { 'if-none-match': response.headers.get('etag') ?? '' } })
  expect(same.status).toBe(304)

  const bare = await start({ PLEXICA_PLATFORM_FILE: '' })
  const none = await fetch(`${bare.url}/api/platform`)
  expect(none.status).toBe(404)
  expect(await none.json()).toMatchObject({ detail: 'This registry was started without a platform.json.' })
})

test('the interface describes itself, as the same bytes each time', async () => {
  const { url } = await start()
  const first = await fetch(`${url}/api/openapi.json`)
  const text = await first.text()
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(openApiDocument())))
  const second = await fetch(`${url}/api/openapi.json`)
  expect(await second.text()).toBe(text)
  expect(second.headers.get('etag')).toBe(first.headers.get('etag'))
})
