import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { signGrant } from '../src/bundles/bundle-grant.ts'
import { plainPackage } from './plain-package.ts'
import { refusalOf } from './refusal-of.ts'
import { startPeople } from './start-people.ts'
import { type Person, startTestRegistry } from './test-registry.ts'

const { registry, ann, sue, tom, gil, publish } = await startPeople()
afterAll(() => registry.stop())

const script = "import { words } from './chunks/words.js'\nexport const GreetingCard = () => words\n"
const chunk = `export const words = ${JSON.stringify('Hello again. '.repeat(100))}\n`
const bytesOf = (id: string) => plainPackage({ id }, { 'dist/bundle.js': script, 'dist/chunks/words.js': chunk })
const change = (pluginId: string, body: Parameters<Person['client']['changePlugin']>[0]['body']) =>
  ann.client.changePlugin({ params: { pluginId }, body })

beforeAll(async () => {
  for (const id of ['secret-card', 'other-card']) {
    await publish(bytesOf(id), { visibility: 'private' })
    await change(id, { tenants: ['acme', 'globex'] })
  }
})

/** Unix time in seconds. */
const nowInSeconds = () => Math.floor(Date.now() / 1000)
const expiryOf = (url: string) => Number(/\/~(\d+)\./.exec(url)?.[1])
async function codeAt(url: string) {
  const response = await fetch(url)
  const { code } = (await response.json()) as { code: string }
  return [response.status, code]
}
async function bundleOf(person: Person, tenantId: string) {
  const params = { tenantId, pluginId: 'secret-card' }
  const { bundle } = await person.client.installPlugin({ params, body: {} })
  return bundle ?? expect.fail('the plugin has a frontend')
}

describe('the addresses of an installation', () => {
  test('are signed, and work for the script and what it imports relative to itself', async () => {
    const bundle = await bundleOf(tom, 'acme')
    expect(bundle.files.map(({ url }) => url)).toContain(new URL('chunks/words.js', bundle.url).href)
    for (const [url, body] of [
      [bundle.url, script],
      [new URL('./chunks/words.js', bundle.url).href, chunk],
    ] as const) {
      for (const accept of ['identity', 'br']) {
        const response = await fetch(url, { headers: { 'accept-encoding': accept } })
        expect([response.status, await response.text()]).toEqual([200, body])
        expect(response.headers.get('cache-control')).toMatch(/^private, max-age=\d+, immutable$/)
        expect(response.headers.get('x-content-type-options')).toBe('nosniff')
        expect(response.headers.get('access-control-allow-origin')).toBe('*')
      }
    }
  })

  test('stay the same for a while, and end within a day', async () => {
    const bundle = await bundleOf(tom, 'acme')
    const left = expiryOf(bundle.url) - nowInSeconds()
    expect(left).toBeGreaterThan(11 * 3_600)
    expect(left).toBeLessThanOrEqual(24 * 3_600)
    const again = await bundleOf(tom, 'acme')
    const span = expiryOf(again.url) - expiryOf(bundle.url)
    // At noon and at midnight they change, also while this runs.
    expect([0, 12 * 3_600]).toContain(span)
    if (span === 0) expect(again).toEqual(bundle)
    const seconds = Number(/max-age=(\d+)/.exec((await fetch(bundle.url)).headers.get('cache-control') ?? '')?.[1])
    expect(nowInSeconds() + seconds).toBeLessThanOrEqual(expiryOf(bundle.url) + 1)
  })

  test('are of one tenant, one plugin and one version', async () => {
    const { url } = await bundleOf(tom, 'acme')
    expect((await bundleOf(gil, 'globex')).url).not.toBe(url)
    for (const [from, to] of [
      ['.acme.', '.globex.'],
      ['.acme.', '..'],
      ['/secret-card/', '/other-card/'],
      ['/secret-card/', '/absent-card/'],
      ['/v1.0.0/', '/v1.0.1/'],
      [`~${expiryOf(url)}`, `~${expiryOf(url) + 1}`],
    ] as const) {
      expect(url).toContain(from)
      expect([to, ...(await codeAt(url.replace(from, to)))]).toEqual([to, 403, 'address_invalid'])
    }
    expect(await codeAt(url.replace('/~', '/~0'))).toEqual([400, 'request_invalid'])
    const signature = /\.([\w-]{43})\//.exec(url)?.[1] ?? ''
    const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`
    expect(await codeAt(url.replace(signature, flipped))).toEqual([403, 'address_invalid'])
    expect(await codeAt(url.replace(signature, 'short'))).toEqual([400, 'request_invalid'])
  })

  test('are refused when they have expired, and when another registry has signed them', async () => {
    const { url } = await bundleOf(tom, 'acme')
    const sign = (secretKey: Buffer, expires: number) => {
      const signed = signGrant(secretKey, { pluginId: 'secret-card', version: '1.0.0', tenantId: 'acme', expires })
      return url.replace(/~[^/]+/, `~${signed}`)
    }
    const own = registry.config.secretKey ?? expect.fail('the registry has a key')
    expect((await fetch(sign(own, nowInSeconds() + 60))).status).toBe(200)
    expect(await codeAt(sign(own, nowInSeconds() - 1))).toEqual([403, 'address_expired'])
    expect(await codeAt(sign(Buffer.alloc(32, 8), nowInSeconds() + 60))).toEqual([403, 'address_invalid'])
  })

  test('show no more of a package than public ones', async () => {
    const { url } = await bundleOf(tom, 'acme')
    for (const path of ['manifest.json', 'README.md', 'bundle.js.map', '..%2fmanifest.json']) {
      expect((await fetch(url.replace(/bundle\.js$/, path))).status).toBe(404)
    }
  })
})

describe('pictures of a private plugin', () => {
  test('show to those who see the plugin, until they do no more', async () => {
    const pictures = async (person: Person) => {
      const { icon, screenshots } = await person.client.getPlugin({ params: { pluginId: 'other-card' } })
      const listed = await person.client.searchPlugins({ query: { q: 'other-card' } })
      expect(listed.plugins.map((plugin) => plugin.icon)).toEqual([icon])
      return [icon ?? '', ...screenshots.map(({ url }) => url)]
    }
    const statuses = (urls: string[]) => Promise.all(urls.map(async (url) => (await fetch(url)).status))
    const shown = await pictures(tom)
    for (const urls of [shown, await pictures(ann), await pictures(sue)]) {
      expect(await statuses(urls)).toEqual([200, 200])
    }
    await change('other-card', { tenants: ['globex'] })
    expect(await statuses(shown)).toEqual([404, 404])
    expect(await statuses(await pictures(gil))).toEqual([200, 200])
  })
})

describe('the public address', () => {
  const address = () => `${registry.url}/plugins/bundles/secret-card/v1.0.0/bundle.js`
  const addresses = () => [
    address(),
    `${registry.url}/api/plugins/secret-card`,
    `${registry.url}/api/plugins/secret-card/versions/1.0.0/package`,
  ]

  test('works while the plugin is public; what was kept is dropped at once when it is private', async () => {
    const signed = (await bundleOf(tom, 'acme')).url
    for (let round = 0; round < 2; round++) {
      for (const url of addresses()) expect([url, (await fetch(url)).status]).toEqual([url, 404])
      await change('secret-card', { visibility: 'public' })
      for (const url of [...addresses(), ...addresses()]) {
        const response = await fetch(url)
        await response.arrayBuffer()
        expect([url, response.status]).toEqual([url, 200])
      }
      expect((await fetch(address())).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect((await bundleOf(tom, 'acme')).url).toBe(address())
      expect((await fetch(signed)).status).toBe(200)
      await change('secret-card', { visibility: 'private' })
    }
    for (const url of addresses()) expect([url, (await fetch(url)).status]).toEqual([url, 404])
  })

  test('never shows a private plugin to those who ask while it changes', async () => {
    for (let round = 0; round < 10; round++) {
      await change('secret-card', { visibility: 'public' })
      const asked = Array.from({ length: 20 }, () => addresses().map((url) => fetch(url).then((r) => r.arrayBuffer())))
      await change('secret-card', { visibility: 'private' })
      const now = await Promise.all(addresses().map(async (url) => (await fetch(url)).status))
      expect(now).toEqual([404, 404, 404])
      await Promise.all(asked.flat())
      expect(await Promise.all(addresses().map(async (url) => (await fetch(url)).status))).toEqual([404, 404, 404])
    }
  })
})

test('a registry without a key to sign with has no private plugins', async () => {
  const keyless = await startTestRegistry({ PLEXICA_SECRET_KEY: '' })
  try {
    const pat = await keyless.person('pat', 'publisher')
    const body = () => inChunks(bytesOf('plain-card'))
    for (const call of [pat.client.publishPlugin, pat.client.preflight]) {
      const refused = await refusalOf(call({ body: body(), query: { visibility: 'private' } }))
      expect(refused).toMatchObject({ code: 'private_unavailable', status: 503 })
      expect(refused.fix).toContain('PLEXICA_SECRET_KEY')
    }
    await pat.client.publishPlugin({ body: body() })
    const refused = await refusalOf(
      pat.client.changePlugin({ params: { pluginId: 'plain-card' }, body: { visibility: 'private' } }),
    )
    expect(refused.code).toBe('private_unavailable')
  } finally {
    await keyless.stop()
  }
})
