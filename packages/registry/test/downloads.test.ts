import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { createClient } from '@plexica/api'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { goodFiles, goodPackage, type PackageOverrides } from '../../inspect/test/build-package.ts'
import { blobKeys } from '../src/blobs/blob-keys.ts'
import { openBlobs } from '../src/blobs/open-blobs.ts'
import { keysIn, tamper } from './fresh-storage.ts'
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

interface Got {
  status: number
  headers: Record<string, string | undefined>
  body: Buffer
  cut: boolean
}

/** A plain request: nothing is asked for, decoded or repeated that the test does not say. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    request(registry.url + path, { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = []
      const done = (cut: boolean) =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Got['headers'],
          body: Buffer.concat(parts),
          cut,
        })
      response.on('data', (part) => parts.push(part))
      response.on('end', () => done(false))
      response.on('error', () => done(true))
    })
      .on('error', reject)
      .end()
  })
}

let count = 0
async function publish(overrides: PackageOverrides = {}, { approved = true } = {}) {
  const id = `plugin-${++count}`
  const bytes = Buffer.from(goodPackage({ ...overrides, manifest: { ...overrides.manifest, id } }))
  const { answer } = await sendPackage(registry, ann, bytes)
  const approve = () =>
    sue.client.approveVersion({ params: { pluginId: id }, body: { version: answer.version, digest: answer.digest } })
  if (approved) await approve()
  return {
    id,
    digest: answer.digest,
    bytes,
    approve,
    package: `/api/plugins/${id}/versions/${answer.version}/package`,
    bundle: `/plugins/bundles/${id}/v${answer.version}`,
  }
}
type Published = Awaited<ReturnType<typeof publish>>

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const packageKey = ({ bytes }: Pick<Published, 'bytes'>) => blobKeys.package(sha256(bytes))
function flipped(bytes: Buffer): Buffer {
  const middle = Math.floor(bytes.length / 2)
  bytes[middle] = (bytes[middle] as number) ^ 1
  return bytes
}
const asAnn = () => ({ authorization: `Bearer ${ann.key}` })
const codeOf = ({ body }: Got) => JSON.parse(body.toString()).code

const large = { files: { 'assets/noise.png': randomBytes(6_000_000) } }

describe.each([
  ['a small package', {}],
  ['a large package', large],
])('%s', (_name, overrides) => {
  let plugin: Published
  beforeEach(async () => {
    plugin = await publish(overrides)
  })

  test('is what was sent, with everything that a cache needs', async () => {
    // The second answer of a small one comes from memory: it must be the same.
    const [first, second] = [await get(plugin.package), await get(plugin.package)]
    for (const got of [first, second]) {
      expect(got.status).toBe(200)
      expect(got.body.equals(plugin.bytes)).toBe(true)
      expect(got.headers).toMatchObject({
        etag: `"${sha256(plugin.bytes)}"`,
        'content-type': 'application/gzip',
        'content-length': String(plugin.bytes.length),
        'content-disposition': `attachment; filename="${plugin.id}-1.0.0.tar.gz"`,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'accept-ranges': 'bytes',
      })
      expect(got.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  test('is not sent to who has it', async () => {
    const etag = `"${sha256(plugin.bytes)}"`
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      for (const warm of [false, true]) {
        if (warm) await get(plugin.package)
        const got = await get(plugin.package, { 'if-none-match': tag })
        expect([got.status, got.body.length, got.headers.etag]).toEqual([304, 0, etag])
      }
    }
    expect((await get(plugin.package, { 'if-none-match': '"other"' })).status).toBe(200)
  })

  test('comes in ranges', async () => {
    const size = plugin.bytes.length
    const etag = `"${sha256(plugin.bytes)}"`
    const ranges: [string, number, number][] = [
      ['bytes=0-9', 0, 10],
      [`bytes=${size - 5}-`, size - 5, size],
      ['bytes=-7', size - 7, size],
      [`bytes=10-${size + 1000}`, 10, size],
      ['bytes=0-', 0, size],
    ]
    for (const [range, start, end] of ranges) {
      const got = await get(plugin.package, { range })
      expect([got.status, got.headers['content-range']]).toEqual([206, `bytes ${start}-${end - 1}/${size}`])
      expect(got.body.equals(plugin.bytes.subarray(start, end))).toBe(true)
    }
    for (const range of [`bytes=${size}-`, 'bytes=-0']) {
      const got = await get(plugin.package, { range })
      expect([got.status, codeOf(got), got.headers['content-range']]).toEqual([
        416,
        'range_not_satisfiable',
        `bytes */${size}`,
      ])
    }
    for (const range of ['bytes=5-2', 'lines=1-2', 'bytes=0-1,4-5', 'bytes=-', 'nonsense']) {
      expect((await get(plugin.package, { range })).status).toBe(200)
    }
    expect((await get(plugin.package, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206)
    expect((await get(plugin.package, { range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200)
  })

  test('says everything but the bytes to HEAD', async () => {
    for (const warm of [false, true]) {
      if (warm) await get(plugin.package)
      const got = await get(plugin.package, {}, 'HEAD')
      expect([got.status, got.body.length, got.headers['content-length']]).toEqual([
        200,
        0,
        String(plugin.bytes.length),
      ])
    }
  })

  test('is never served whole when a byte of it is wrong', async () => {
    await tamper(registry.config, packageKey(plugin), flipped)
    const got = await get(plugin.package)
    if (got.status === 200) {
      expect(got.cut).toBe(true)
      expect(got.body.length).toBeLessThan(plugin.bytes.length)
    } else expect([got.status, codeOf(got)]).toEqual([500, 'package_damaged'])
    expect((await get('/healthz')).status).toBe(200)
  })

  test('is an alarm when it is missing or too short', async () => {
    await tamper(registry.config, packageKey(plugin), (bytes) => bytes.subarray(0, -1))
    expect(codeOf(await get(plugin.package))).toBe('package_damaged')
    await tamper(registry.config, packageKey(plugin), () => undefined)
    expect(codeOf(await get(plugin.package))).toBe('package_damaged')
  })
})

test('a package that is not approved is for its owner, and nobody keeps it', async () => {
  const plugin = await publish({}, { approved: false })
  expect((await get(plugin.package)).status).toBe(404)
  const got = await get(plugin.package, asAnn())
  expect([got.status, got.headers['cache-control']]).toEqual([200, 'private, no-cache'])
  expect((await get(plugin.package)).status).toBe(404)
  await plugin.approve()
  expect((await get(plugin.package)).status).toBe(200)
})

test('`latest` and ranges give a package too, without being kept under that name', async () => {
  const plugin = await publish()
  for (const wanted of ['latest', '%5E1.0.0']) {
    const got = await get(`/api/plugins/${plugin.id}/versions/${wanted}/package`)
    expect([got.status, got.headers['cache-control']]).toEqual([200, 'private, no-cache'])
    expect(got.body.equals(plugin.bytes)).toBe(true)
  }
})

describe('a bundle', () => {
  const script = `export const words=${JSON.stringify(Array.from({ length: 3_000 }, (_, n) => `word number ${n}`))}\n`
  const files = {
    'dist/chunks/words.js': script,
    'assets/page.html': '<p>x</p>',
    'assets/noise.bin': randomBytes(3_000),
  }
  let plugin: Published
  beforeAll(async () => {
    plugin = await publish({ files })
  })

  test('comes under the address of its version, with what browsers and caches need', async () => {
    const expected = Buffer.from(goodFiles()['dist/bundle.js'] as string)
    for (const _turn of ['from the store', 'from memory']) {
      const got = await get(`${plugin.bundle}/bundle.js`)
      expect(got.status).toBe(200)
      expect(got.body.equals(expected)).toBe(true)
      expect(got.headers).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        'content-length': String(expected.length),
        'cache-control': 'public, max-age=31536000, immutable',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        vary: 'accept-encoding',
        'accept-ranges': 'bytes',
      })
      expect(got.headers['content-encoding']).toBeUndefined()
      const again = await get(`${plugin.bundle}/bundle.js`, { 'if-none-match': got.headers.etag ?? '' })
      expect([again.status, again.headers.etag, again.body.length]).toEqual([304, got.headers.etag, 0])
    }
  })

  test('has its chunks and assets beside it', async () => {
    const types = {
      'chunks/words.js': 'text/javascript; charset=utf-8',
      'assets/icon.svg': 'image/svg+xml',
      'assets/card.png': 'image/png',
      'assets/noise.bin': 'application/octet-stream',
      'assets/page.html': 'application/octet-stream',
    }
    for (const [path, type] of Object.entries(types)) {
      const got = await get(`${plugin.bundle}/${path}`)
      expect([got.status, got.headers['content-type']]).toEqual([200, type])
    }
    expect((await get(`${plugin.bundle}/chunks/words.js`)).body.toString()).toBe(script)
  })

  test('comes in the encoding that the client prefers', async () => {
    const path = `${plugin.bundle}/chunks/words.js`
    const cases: [accept: string, encoding: string | undefined][] = [
      ['gzip, deflate, br', 'br'],
      ['br;q=0.1, gzip', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip;q=0.5', 'gzip'],
      ['*', 'br'],
      ['deflate', undefined],
      ['identity', undefined],
    ]
    const etags = new Set<string | undefined>()
    for (const [accept, encoding] of [...cases, ...cases]) {
      const got = await get(path, { 'accept-encoding': accept })
      expect([accept, got.status, got.headers['content-encoding']]).toEqual([accept, 200, encoding])
      const decode = { br: brotliDecompressSync, gzip: gunzipSync, none: (bytes: Buffer) => bytes }
      expect(decode[(encoding ?? 'none') as keyof typeof decode](got.body).toString()).toBe(script)
      if (encoding) expect(got.body.length).toBeLessThan(script.length / 3)
      etags.add(got.headers.etag)
      const unchanged = await get(path, { 'accept-encoding': accept, 'if-none-match': got.headers.etag ?? '' })
      expect([unchanged.status, unchanged.headers.vary]).toEqual([304, 'accept-encoding'])
    }
    expect(etags.size).toBe(3)
    const noise = await get(`${plugin.bundle}/assets/noise.bin`, { 'accept-encoding': 'br' })
    expect(noise.headers['content-encoding']).toBeUndefined()
  })

  test('comes in ranges', async () => {
    const path = `${plugin.bundle}/chunks/words.js`
    const part = await get(path, { range: 'bytes=7-11' })
    expect([part.status, part.body.toString()]).toEqual([206, 'const'])
    const beyond = await get(path, { range: `bytes=${script.length}-` })
    expect([beyond.status, codeOf(beyond)]).toEqual([416, 'range_not_satisfiable'])
  })

  test('shows neither the server’s part, nor source maps, nor anything else of the package', async () => {
    const paths = [
      'backend.mjs',
      'bundle.js.map',
      'manifest.json',
      '../manifest.json',
      '..%2fmanifest.json',
      'README.md',
      'dist/bundle.js',
      'assets',
      'assets/',
      'assets/..%2f..%2fbundle.js',
      'chunks//words.js',
      'bundle.js/',
      'bundle.js%00',
      'BUNDLE.js',
      '',
    ]
    for (const path of paths) {
      const got = await get(`${plugin.bundle}/${path}`)
      expect([path, got.status]).toEqual([path, 404])
      expect(got.headers['content-type']).toMatch(/^application\/problem\+json/)
    }
  })

  test('pages of other origins read refusals too, and may ask beforehand', async () => {
    const missing = await get(`${plugin.bundle}/missing.js`, { origin: 'https://shop.example.com' })
    expect([missing.status, missing.headers['access-control-allow-origin']]).toEqual([404, '*'])
    expect(missing.headers['cross-origin-resource-policy']).toBe('cross-origin')
    const asked = await get(`${plugin.bundle}/bundle.js`, { origin: 'https://shop.example.com' }, 'OPTIONS')
    expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([204, '*'])
    expect(asked.headers['access-control-allow-methods']).toContain('GET, HEAD')
  })

  test('is served only when these bytes were approved', async () => {
    const waiting = await publish({}, { approved: false })
    for (const headers of [{}, asAnn()]) {
      const got = await get(`${waiting.bundle}/bundle.js`, headers)
      expect([got.status, codeOf(got)]).toEqual([404, 'version_not_found'])
    }
    await sue.client.rejectVersion({
      params: { pluginId: waiting.id },
      body: { version: '1.0.0', digest: waiting.digest, reason: 'Not like this.' },
    })
    expect((await get(`${waiting.bundle}/bundle.js`)).status).toBe(404)
    const other = goodPackage({
      manifest: { id: waiting.id },
      files: { 'dist/bundle.js': 'export const GreetingCard=1\n' },
    })
    const { answer } = await sendPackage(registry, ann, other)
    expect((await get(`${waiting.bundle}/bundle.js`)).status).toBe(404)
    await sue.client.approveVersion({
      params: { pluginId: waiting.id },
      body: { version: '1.0.0', digest: answer.digest },
    })
    expect((await get(`${waiting.bundle}/bundle.js`)).body.toString()).toBe('export const GreetingCard=1\n')
  })

  test.each(['identity', 'br', 'gzip'] as const)('is never other code than the approved (%s)', async (encoding) => {
    const damaged = await publish({ files })
    await tamper(registry.config, blobKeys.file(damaged.digest, 'dist/chunks/words.js', encoding), flipped)
    const got = await get(`${damaged.bundle}/chunks/words.js`, { 'accept-encoding': encoding })
    expect([got.status, codeOf(got)]).toEqual([500, 'package_damaged'])
    expect(got.headers['cache-control'] ?? '').not.toContain('immutable')
  })

  test('is not approved when its package has been damaged', async () => {
    for (const damage of [flipped, (bytes: Buffer) => bytes.subarray(0, 100), () => undefined]) {
      const waiting = await publish({ files }, { approved: false })
      await tamper(registry.config, packageKey(waiting), damage)
      await expect(waiting.approve()).rejects.toMatchObject({ code: 'package_damaged', status: 500 })
      expect((await get(`${waiting.bundle}/bundle.js`)).status).toBe(404)
    }
  })

  test('a file too large to keep in memory is served and checked all the same', async () => {
    const noise = randomBytes(11_000_000)
    const big = await publish({ files: { 'assets/noise.png': noise } })
    const path = `${big.bundle}/assets/noise.png`
    const got = await get(path, { 'accept-encoding': 'br' })
    expect([got.status, got.body.equals(noise)]).toEqual([200, true])
    const part = await get(path, { range: 'bytes=1000-1999' })
    expect([part.status, part.body.equals(noise.subarray(1000, 2000))]).toEqual([206, true])
    await tamper(registry.config, blobKeys.file(big.digest, 'assets/noise.png'), flipped)
    const damaged = await get(path)
    expect([damaged.cut, damaged.body.length < noise.length]).toEqual([true, true])
  })

  test('a large file is there in every form as soon as it is approved', async () => {
    const text = Array.from(
      { length: 13_500 },
      (_, n) => `export function f${n}(a){return a+${(n * 7919) % 10_007}}`,
    ).join('\n')
    const waiting = await publish({ files: { 'dist/chunks/much.js': text } }, { approved: false })
    expect(text.length).toBeGreaterThan(500_000)
    await waiting.approve()
    const keys = await keysIn(await openBlobs(registry.config.storage))
    for (const form of ['identity', 'br', 'gzip'] as const)
      expect(keys).toContain(blobKeys.file(waiting.digest, 'dist/chunks/much.js', form))
  })
})

test('an answer from memory says what the first one said', async () => {
  const plugin = await publish()
  for (const path of [plugin.package, `${plugin.bundle}/bundle.js`, `/api/plugins/${plugin.id}`]) {
    for (const headers of [{}, { 'accept-encoding': 'br' }]) {
      const [first, second] = [await get(path, headers), await get(path, headers)]
      expect(second.body.equals(first.body)).toBe(true)
      for (const name of ['date', 'x-request-id']) {
        expect(second.headers[name]).toBeDefined()
        delete second.headers[name]
      }
      expect(first.headers).toMatchObject(second.headers)
      expect(second.headers).toMatchObject({ 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' })
    }
  }
})

test('whole downloads are counted, and still known after a restart', async () => {
  for (const overrides of [{}, large]) {
    const plugin = await publish(overrides)
    const etag = `"${sha256(plugin.bytes)}"`
    for (let time = 0; time < 3; time++) await get(plugin.package)
    await get(plugin.package, asAnn())
    await get(plugin.package, {}, 'HEAD')
    await get(plugin.package, { 'if-none-match': etag })
    await get(plugin.package, { range: 'bytes=0-9' })
    await registry.restart()
    const client = registry.anonymous()
    expect((await client.getPlugin({ params: { pluginId: plugin.id } })).downloadCount).toBe(4)
    const { versions } = await client.listVersions({ params: { pluginId: plugin.id } })
    expect(versions.map(({ downloadCount }) => downloadCount)).toEqual([4])
    sue = { ...sue, client: createClient({ url: registry.url, token: sue.key }) }
  }
})
