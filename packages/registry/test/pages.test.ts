import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startTestRegistry, type TestRegistry } from './test-registry.ts'

const html = '<!doctype html><title>Plexica</title><script type="module" src="/assets/index-a1b2c3.js"></script>\n'
const script = `export const words = ${JSON.stringify('Hello again. '.repeat(100))}\n`
const icon = '<svg xmlns="http://www.w3.org/2000/svg"/>'

const preloads = [
  { path: '/', links: ['</api/plugins/popular>; rel=preload; as=fetch; crossorigin'] },
  {
    path: '/plugins/:pluginId',
    links: [
      '</assets/plugin-a1b2c3.js>; rel=modulepreload',
      '</api/plugins/:pluginId>; rel=preload; as=fetch; crossorigin',
    ],
  },
]

let folder: string
let registry: TestRegistry

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plexica-pages-'))
  const built = join(folder, 'dist')
  await mkdir(join(built, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'not for anybody')
  await writeFile(join(built, 'favicon.svg'), icon)
  await writeFile(join(built, 'robots.txt'), 'User-agent: *\n')
  await writeFile(join(built, 'preloads.json'), JSON.stringify(preloads))
  await symlink(join(folder, 'secret.txt'), join(built, 'assets', 'link.txt'))
  for (const [path, content] of [
    ['index.html', html],
    ['assets/index-a1b2c3.js', script],
  ] as const) {
    await writeFile(join(built, path), content)
    await writeFile(join(built, `${path}.br`), brotliCompressSync(content))
    await writeFile(join(built, `${path}.gz`), gzipSync(content))
  }
  registry = await startTestRegistry({ PLEXICA_CDN_URL: 'https://cdn.example.com/plexica' }, undefined, built)
})
afterAll(async () => {
  await registry.stop()
  await rm(folder, { recursive: true })
})

const browser = 'text/html,application/xhtml+xml,*/*;q=0.8'

/** The request as it is: nothing on its way tidies the address or decodes the body. */
async function ask(
  path: string,
  headers: Record<string, string> = { accept: browser },
  { method = 'GET', at = registry }: { method?: string; at?: Pick<TestRegistry, 'url'> } = {},
) {
  const { hostname, port } = new URL(at.url)
  const sent = request({ hostname, port, method, path, headers })
  const answer = new Promise<IncomingMessage>((resolve, reject) => sent.once('response', resolve).once('error', reject))
  sent.end()
  const response = await answer
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return { status: response.statusCode, headers: response.headers, bytes: Buffer.concat(chunks) }
}

describe('the page', () => {
  test.each(['/', '/plugins/sales-chart', '/review/42?tab=delta', '/index.html', '/plugins', '/no/such/page.html'])(
    'stands at %s',
    async (path) => {
      const { status, headers, bytes } = await ask(path)
      expect([status, bytes.toString()]).toEqual([200, html])
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'content-length': String(html.length),
      })
    },
  )

  test('may load and do what the pages need, and pictures of plugins', async () => {
    const { headers } = await ask('/')
    expect(String(headers['content-security-policy']).split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      `img-src 'self' data: blob: ${registry.url} https://cdn.example.com`,
      "font-src 'self'",
      "connect-src 'self'",
      "frame-src 'self'",
      "media-src 'none'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "manifest-src 'self'",
    ])
  })

  test('is compressed, and not sent again to whoever has it', async () => {
    const { headers, bytes } = await ask('/', { accept: browser, 'accept-encoding': 'gzip, br' })
    expect(headers['content-encoding']).toBe('br')
    expect(headers.vary).toBe('accept, accept-encoding')
    expect(brotliDecompressSync(bytes).toString()).toBe(html)
    const again = await ask('/', {
      accept: browser,
      'accept-encoding': 'gzip, br',
      'if-none-match': headers.etag ?? '',
    })
    expect([again.status, again.bytes.length]).toEqual([304, 0])
    const other = await ask('/', { accept: browser, 'if-none-match': headers.etag ?? '' })
    expect(other.status).toBe(200)
  })

  test.each([
    ['/', '</api/plugins/popular>; rel=preload; as=fetch; crossorigin'],
    [
      '/plugins/sales-chart',
      '</assets/plugin-a1b2c3.js>; rel=modulepreload, </api/plugins/sales-chart>; rel=preload; as=fetch; crossorigin',
    ],
    ['/?q=chart', undefined],
    ['/plugins/sales-chart/install', undefined],
    ['/plugins/a%3E%3B%20rel=x', undefined],
    ['/plugins/:pluginId', undefined],
  ])('%s names what to ask for with it', async (path, link) => {
    expect((await ask(path)).headers.link).toBe(link)
  })

  test('has a head', async () => {
    const { status, headers, bytes } = await ask('/plugins/sales-chart', { accept: browser }, { method: 'HEAD' })
    expect([status, headers['content-length'], bytes.length]).toEqual([200, String(html.length), 0])
  })

  test.each([
    '/api',
    '/api/',
    '/api/no-such-route',
    '/api/plugins/no-such-plugin',
    '/plugins/bundles/no-such-plugin/v1.0.0/bundle.js',
    '/plugins/bundles',
    '/assets/no-such-file.js',
    '/assets/',
    '/assets',
    '/metrics/x',
  ])('does not stand at %s', async (path) => {
    const { status, headers } = await ask(path)
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8'])
  })

  test.each(['/healthz', '/readyz', '/api/platform', '/api/plugins'])('hides nothing of %s', async (path) => {
    const { status, headers } = await ask(path)
    expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8'])
  })

  test('is for browsers that look', async () => {
    for (const accept of ['*/*', 'application/json', 'text/html;q=0']) {
      expect((await ask('/plugins/sales-chart', { accept })).status).toBe(404)
    }
    expect((await ask('/plugins/sales-chart', {})).status).toBe(404)
    expect((await ask('/plugins/sales-chart', { accept: browser }, { method: 'POST' })).status).toBe(404)
  })
})

describe('a file of the pages', () => {
  test('is kept for a year in each encoding', async () => {
    const forms = { identity: (bytes: Buffer) => bytes, br: brotliDecompressSync, gzip: gunzipSync }
    const tags = new Set<string | undefined>()
    for (const [encoding, decode] of Object.entries(forms)) {
      const { status, headers, bytes } = await ask('/assets/index-a1b2c3.js', { 'accept-encoding': encoding })
      expect(status).toBe(200)
      expect(decode(bytes).toString()).toBe(script)
      expect(headers['content-encoding']).toBe(encoding === 'identity' ? undefined : encoding)
      expect(headers).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': '*',
        vary: 'accept-encoding',
      })
      tags.add(headers.etag)
    }
    expect(tags.size).toBe(3)
  })

  test('is given in part', async () => {
    const { status, headers, bytes } = await ask('/assets/index-a1b2c3.js', { range: 'bytes=0-5' })
    expect([status, headers['content-range'], bytes.toString()]).toEqual([206, `bytes 0-5/${script.length}`, 'export'])
  })

  test.each([
    ['/favicon.svg', 'image/svg+xml', icon],
    ['/robots.txt', 'text/plain; charset=utf-8', 'User-agent: *\n'],
  ])('%s is asked for anew', async (path, type, content) => {
    const { status, headers, bytes } = await ask(path, {})
    expect([status, headers['content-type'], bytes.toString()]).toEqual([200, type, content])
    expect(headers['cache-control']).toBe('no-cache')
    const again = await ask(path, { 'if-none-match': headers.etag ?? '' })
    expect(again.status).toBe(304)
  })

  test.each([
    '/assets/../../secret.txt',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/assets//etc/passwd',
    '/assets/..\\..\\secret.txt',
    '/assets/link.txt',
    '/assets/index-a1b2c3.js%00',
    '/assets/%ff',
    '/assets/index-a1b2c3.js.br',
    '/assets/index-a1b2c3.js.gz',
  ])('%s is none', async (path) => {
    const { status, bytes } = await ask(path, {})
    expect([400, 404]).toContain(status)
    expect(bytes.toString()).not.toContain('not for anybody')
  })
})

test('a registry whose pages are not built says so, and works', async () => {
  const bare = await startTestRegistry()
  onTestFinished(() => bare.stop())
  const { status, headers, bytes } = await ask('/', { accept: browser }, { at: bare })
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(bytes.toString()).toContain('pnpm --filter @plexica/web build')
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect((await ask('/', { accept: '*/*' }, { at: bare })).status).toBe(404)
  expect((await ask('/plugins/sales-chart', { accept: browser }, { at: bare })).status).toBe(404)
  expect(await (await fetch(`${bare.url}/healthz`)).json()).toEqual({ status: 'ok' })
})
