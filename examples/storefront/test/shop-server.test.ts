import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PageName, PageSettings } from '../pages/page-settings.ts'
import { type Shop, startShop } from '../server/start-shop.ts'

const registry = 'http://127.0.0.1:9'
const block = { type: 'Words', props: { id: 'words-1', heading: '</script>', text: 'a < b' } }

let dataFolder: string
let shop: Shop
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'plexica-shop-'))
  shop = await startShop({ port: 0, registry, tenant: 'acme', dataFolder })
})
afterAll(async () => {
  await shop?.close()
  await rm(dataFolder, { recursive: true, force: true })
})

const get = (path: string, headers: Record<string, string> = {}) => fetch(shop.url + path, { headers })

/** A page as a browser gets it, with what stands in it for its script. */
async function openPage(path: string, cookie = '') {
  const response = await get(path, { cookie })
  const html = await response.text()
  const settings: PageSettings = JSON.parse(/id="settings">(.*?)<\/script>/.exec(html)?.[1] ?? 'null')
  return { response, html, settings }
}

async function tokenOf(page: PageName): Promise<{ authorization: string }> {
  const { token } = await (await get(`/api/token?page=${page}`)).json()
  return { authorization: `Bearer ${token}` }
}

const putPage = (headers: Record<string, string>, page: unknown) =>
  fetch(`${shop.url}/api/page`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(page),
  })

test.each(['/', '/admin', '/editor'])('%s has its scripts admitted by a nonce that is new each time', async (path) => {
  const [first, second] = [await openPage(path), await openPage(path)]
  const nonces = [first, second].map(({ response, html }) => {
    const policy = response.headers.get('content-security-policy') ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
    const scripts = html.match(/<script(?! type="application\/json")[^>]*>/g) ?? []
    expect(scripts).toHaveLength(2)
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
    return nonce
  })
  expect(nonces[0]).not.toBe(nonces[1])
  expect(first.response.headers.get('cache-control')).toBe('no-store')
})

test('the policy admits the registry and nothing else from elsewhere', async () => {
  const { response } = await openPage('/')
  const policy = (response.headers.get('content-security-policy') ?? '').replace(/'nonce-[^']+'/, "'nonce-…'")
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `script-src 'nonce-…' 'self' ${registry}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: ${registry}`,
    "font-src 'self' data:",
    `connect-src 'self' ${registry}`,
    `frame-src 'self' ${registry}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ])
})

test('the import map leads to modules that are there, and every asset is', async () => {
  const { html } = await openPage('/editor')
  const map = JSON.parse(/<script type="importmap"[^>]*>(.*?)<\/script>/.exec(html)?.[1] ?? '')
  const addresses = [...Object.values<string>(map.imports), ...(html.match(/\/assets\/editor\.\w+/g) ?? [])]
  expect(Object.keys(map.imports)).toEqual(['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client'])
  expect(addresses).toHaveLength(6)
  for (const address of addresses) {
    const { status, headers } = await get(address)
    expect([address, status, headers.get('content-type')]).toEqual([
      address,
      200,
      expect.stringMatching(address.endsWith('.css') ? /^text\/css/ : /^text\/javascript/),
    ])
  }
  expect((await get('/assets/other.js')).status).toBe(404)
  expect((await get('/assets/..%2f..%2fpackage.json')).status).toBe(404)
})

test('a page gets a token of minutes for a user of the tenant, which the published keys confirm', async () => {
  const { settings } = await openPage('/admin')
  const { issuer, jwks_uri } = await (await get('/.well-known/openid-configuration')).json()
  expect(issuer).toBe(shop.url)
  const { payload } = await jwtVerify(settings.token, createRemoteJWKSet(new URL(jwks_uri)), {
    issuer,
    audience: 'plexica',
  })
  expect(payload).toMatchObject({ sub: 'marit', tenant: 'acme', role: ['tenant-user', 'staff'] })
  expect(Number(payload.exp) - Number(payload.iat)).toBe(300)
  const { keys } = await (await get('/.well-known/jwks.json')).json()
  expect(keys).toEqual([expect.not.objectContaining({ d: expect.anything() })])
})

test('the same browser is the same visitor at every visit, another one is not', async () => {
  const first = await openPage('/')
  const cookie = first.response.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/HttpOnly; SameSite=Lax$/)
  const again = await openPage('/admin', cookie.split(';')[0])
  const other = await openPage('/')
  expect(again.settings.visitor).toBe(first.settings.visitor)
  expect(other.settings.visitor).not.toBe(first.settings.visitor)
})

test('what belongs to the people of the shop is refused to visitors and to strangers', async () => {
  const visitor = await tokenOf('storefront')
  const staff = await tokenOf('admin')
  const forged = { authorization: `${staff.authorization.slice(0, -4)}AAAA` }
  for (const path of ['/api/orders', '/api/sales?days=7']) {
    const answers = [{}, forged, visitor, staff].map(async (headers) => (await get(path, headers)).status)
    expect([path, ...(await Promise.all(answers))]).toEqual([path, 401, 401, 403, 200])
  }
  expect((await putPage(visitor, { root: {}, content: [] })).status).toBe(403)
  expect(await (await get('/api/sales?days=7', staff)).json()).toHaveLength(7)
  for (const days of ['0', '91', 'many']) expect((await get(`/api/sales?days=${days}`, staff)).status).toBe(400)
  expect((await get('/api/token?page=bank')).status).toBe(400)
})

test('a page is kept as it was written, also by a shop that starts again, which knows its own tokens', async () => {
  const staff = await tokenOf('editor')
  const page = { root: { props: {} }, content: [block, { type: 'gone-plugin/Card', props: { id: 'x', deep: [1] } }] }
  for (const wrong of [[], {}, { root: {}, content: [{}] }, { root: {}, content: 'all' }]) {
    expect((await putPage(staff, wrong)).status).toBe(400)
  }
  expect((await putPage(staff, page)).status).toBe(204)
  const before = decodeProtectedHeader((await openPage('/')).settings.token).kid
  const port = Number(new URL(shop.url).port)
  await shop.close()
  shop = await startShop({ port, registry, tenant: 'acme', dataFolder })
  expect(await (await get('/api/page', staff)).json()).toEqual(page)
  expect(decodeProtectedHeader((await openPage('/')).settings.token).kid).toBe(before)
})
