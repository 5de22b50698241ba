import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createClient } from '@plexica/api/client'
import type { Manifest } from '@plexica/manifest-schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProgram } from '../../../scripts/programs.ts'
import { publishGood } from '../../cli/test/publish-good.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from '../../cli/test/registry-with-people.ts'
import { type Backends, createBackends } from '../src/node/index.ts'
import { readPackage } from '../src/node/read-package.ts'

const root = join(import.meta.dirname, '../../..')
const tenantId = 'acme'
const waiting = { timeout: 20_000, interval: 50 }

let registry: RegistryWithPeople
let backends: Backends
let platform: Server
let address: string
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plexica-backends-'))
  registry = await startRegistryWithPeople({ PLEXICA_PLATFORM_FILE: await platformWithHooks(folder) })
  backends = createBackends({
    registry: registry.url,
    tenant: tenantId,
    token: registry.ada.key,
    secrets: (_, names) => Object.fromEntries(names.map((name) => [name, `the ${name}`])),
    api: { 'orders:read': (input, caller) => ({ input, caller }) },
  })
  platform = createServer(async (req, res) => {
    const [, , pluginId = '', path = ''] = /^(\/plugins\/([^/]+))(\/.*)$/.exec(req.url ?? '') ?? []
    const body = ['GET', 'HEAD'].includes(req.method ?? '') ? {} : { body: Readable.toWeb(req), duplex: 'half' }
    const headers = new Headers(req.headers as Record<string, string>)
    const request = new Request(new URL(path, 'http://plugin'), { method: req.method, headers, ...body } as RequestInit)
    const answer = await backends.handle(pluginId, request, { permissions: ['shipping:quote'] })
    res.writeHead(answer.status, Object.fromEntries(answer.headers))
    res.end(Buffer.from(await answer.arrayBuffer()))
  })
  await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`
}, 120_000)
afterAll(async () => {
  await new Promise((resolve) => platform.close(resolve))
  await backends.stop()
  await registry.stop()
  await rm(folder, { recursive: true })
})

/** A description of the examples’ platform as one that tells backends what happens. */
async function platformWithHooks(folder: string): Promise<string> {
  const described = JSON.parse(await readFile(join(root, 'examples/platform.json'), 'utf8'))
  const file = join(folder, 'platform.json')
  const hooks = [{ name: 'order.paid', description: 'An order was paid' }]
  await writeFile(file, JSON.stringify({ ...described, hooks }))
  return file
}

test('from the example’s source to an answer: publish, approve, install, ask', { timeout: 120_000 }, async () => {
  const { ann, root: sue, ada, url } = registry
  const { stdout } = await runProgram(
    [
      join(root, 'packages/cli/bin/plexica.js'),
      'publish',
      join(root, 'examples/shipping-quotes'),
      '--non-interactive',
      '--json',
      '--skip-tests',
    ],
    { env: { ...process.env, PLEXICA_API_URL: url, PLEXICA_API_KEY: ann.key } },
  )
  const { id: pluginId, version, digest } = JSON.parse(stdout)
  await sue.client.approveVersion({ params: { pluginId }, body: { version, digest } })
  await ada.client.installPlugin({
    params: { tenantId, pluginId },
    body: {
      grantedPermissions: ['shipping:quote'],
      configuration: { carrierApiKey: 'a-key', originCountry: 'DE', originPostalCode: '20095', freeFrom: 60 },
    },
  })
  await expect.poll(() => backends.plugins(), waiting).toContain('shipping-quotes')

  const answer = await fetch(`${address}/plugins/shipping-quotes/estimate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      destination: { country: 'DE', postalCode: '10115' },
      items: [{ quantity: 2, weightGrams: 700 }],
      subtotal: '39.90',
      currency: 'EUR',
    }),
  })
  const quotes = await answer.json()
  console.log('shipping-quotes, POST /estimate:', answer.status, JSON.stringify(quotes))
  expect(answer.status).toBe(200)
  // With the carrier's key it asks the carrier, who is not there, and gives the shop's own prices.
  expect(quotes).toMatchObject({
    quotes: [
      { id: 'standard', price: '5.30', source: 'fixed' },
      { id: 'express', price: '11.30', source: 'fixed' },
    ],
    notice: 'carrier-unavailable',
    missingForFree: '20.10',
  })
})

const source = (version: string) => `
export const routes = {
  'GET /seen/:id': async (request, { tenantId, configuration, request: ask }) => ({
    headers: { 'set-cookie': 'session=stolen', 'x-accel-redirect': '/etc/passwd', etag: '"1"' },
    body: {
      version: '${version}', tenantId, configuration,
      id: request.params.id,
      page: request.query.get('page'),
      cookie: request.headers.get('cookie'),
      orders: await ask('orders:read', { days: 7 }),
    },
  }),
}
export const hooks = { 'order.paid': ({ order }, { tenantId }) => tenantId + ' has paid ' + order }
`

function publish(version: string, overrides: Partial<Manifest> = {}): Promise<void> {
  return publishGood(registry, {
    manifest: {
      version,
      backend: {
        entry: 'dist/backend.mjs',
        routes: [{ method: 'GET', path: '/seen/:id' }],
        hooks: ['order.paid'],
      },
      ...overrides,
    },
    files: { 'dist/backend.mjs': source(version) },
  })
}

const seen = async (): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> => {
  const answer = await fetch(`${address}/plugins/greeting-card/seen/17?page=2`, {
    headers: { cookie: 'session=of-the-platform' },
  })
  return { status: answer.status, body: await answer.json(), headers: answer.headers }
}

test('a backend follows its installation: installed, configured, disabled, enabled, updated, uninstalled', {
  timeout: 120_000,
}, async () => {
  const { ada } = registry
  const params = { tenantId, pluginId: 'greeting-card' }
  await publish('1.0.0')
  expect((await seen()).body).toMatchObject({ status: 404, code: 'backend_not_found' })

  await ada.client.installPlugin({ params, body: { grantedPermissions: ['orders:read'], configuration: {} } })
  await expect.poll(async () => (await seen()).status, waiting).toBe(200)
  const { body, headers } = await seen()
  expect(body).toMatchObject({
    version: '1.0.0',
    tenantId,
    id: '17',
    page: '2',
    cookie: null,
    orders: { input: { days: 7 }, caller: { pluginId: 'greeting-card', tenantId } },
  })
  expect(Object.fromEntries(headers)).toMatchObject({ etag: '"1"', 'x-content-type-options': 'nosniff' })
  expect(headers.get('set-cookie') ?? headers.get('x-accel-redirect')).toBeNull()
  expect(await backends.call('order.paid', { order: 12 })).toEqual([
    { pluginId: 'greeting-card', value: 'acme has paid 12' },
  ])

  await ada.client.configurePlugin({ params, body: { configuration: { shop: 'Anna’s' } } })
  await expect.poll(async () => (await seen()).body.configuration, waiting).toEqual({ shop: 'Anna’s' })

  await ada.client.disablePlugin({ params })
  await expect.poll(async () => (await seen()).body.code, waiting).toBe('backend_not_found')
  expect(await backends.call('order.paid', {})).toEqual([])
  await ada.client.enablePlugin({ params })
  await expect.poll(async () => (await seen()).status, waiting).toBe(200)

  await publish('1.1.0')
  await ada.client.updateInstallation({ params, body: { version: '1.1.0' } })
  await expect.poll(async () => (await seen()).body.version, waiting).toBe('1.1.0')

  await ada.client.uninstallPlugin({ params })
  await expect.poll(async () => (await seen()).body.code, waiting).toBe('backend_not_found')
})

test('bytes that were not approved do not run', async () => {
  const { ada, url } = registry
  await publishGood(registry, {
    manifest: { id: 'swapped-card', backend: { entry: 'dist/backend.mjs', hooks: ['order.paid'] } },
    files: { 'dist/backend.mjs': source('1.0.0') },
  })
  const params = { tenantId, pluginId: 'swapped-card' }
  const { digest } = await ada.client.installPlugin({ params, body: { grantedPermissions: ['orders:read'] } })
  const client = createClient({ url, token: ada.key })
  const bytes = async (change: (bytes: Buffer) => Buffer) => {
    const response = await client.getPackage({ params: { pluginId: 'swapped-card', version: '1.0.0' } })
    return [change(Buffer.from(await response.arrayBuffer()))]
  }
  const streamed = (parts: Buffer[]) => Readable.from(parts)
  const { source: approved } = await readPackage(streamed(await bytes((all) => all)), digest)
  expect(approved).toBe(source('1.0.0'))
  const other = `sha256-${'0'.repeat(64)}`
  await expect(readPackage(streamed(await bytes((all) => all)), other)).rejects.toMatchObject({
    code: 'backend_digest_mismatch',
  })
  await expect(
    readPackage(streamed(await bytes((all) => all.subarray(0, all.length / 2))), digest),
  ).rejects.toMatchObject({ code: 'backend_package_invalid' })
})
