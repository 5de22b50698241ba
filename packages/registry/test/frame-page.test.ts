import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signGrant } from '../src/bundles/bundle-grant.ts'
import { plainPackage } from './plain-package.ts'
import { startPeople } from './start-people.ts'
import { writePages } from './write-pages.ts'

const folder = await writePages()
const people = await startPeople({}, folder)
const { registry, ann, publish } = people
afterAll(async () => {
  await registry.stop()
  await rm(folder, { recursive: true })
})

beforeAll(async () => {
  await publish(plainPackage({ id: 'framed-card', network: ['api.example.com'] }))
  await publish(plainPackage({ id: 'secret-card' }), { visibility: 'private' })
  await ann.client.changePlugin({ params: { pluginId: 'secret-card' }, body: { tenants: ['acme'] } })
})

const frameOf = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${registry.url}/plugins/bundles/${path}/v1.0.0/frame.html`, { headers })
const policyOf = ({ headers }: Response) =>
  Object.fromEntries(
    (headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ')
      return [name, values]
    }),
  )

test('a version has a page under a policy of its own, for platforms of any origin', async () => {
  const answer = await frameOf('framed-card')
  expect(answer.status).toBe(200)
  const params = { pluginId: 'framed-card', version: '1.0.0' }
  expect((await registry.anonymous().getFramePage({ params })).status).toBe(200)
  const script = `${registry.url}/assets/preview-a1b2c3.js`
  expect(await answer.text()).toContain(`src="${script}"`)
  const files = `${registry.url}/plugins/bundles/framed-card/v1.0.0/`
  expect(policyOf(answer)).toMatchObject({
    sandbox: ['allow-scripts'],
    'default-src': ["'none'"],
    'script-src': [script, 'blob:'],
    'connect-src': [files, 'https://api.example.com', 'wss://api.example.com'],
    'frame-ancestors': ['*'],
  })
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'referrer-policy': 'no-referrer',
    'x-dns-prefetch-control': 'off',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
  })
  expect((await fetch(script)).headers.get('access-control-allow-origin')).toBe('*')
})

test('it is asked for anew, and not sent twice', async () => {
  const etag = (await frameOf('framed-card')).headers.get('etag') ?? ''
  expect((await frameOf('framed-card', { 'if-none-match': etag })).status).toBe(304)
  expect((await frameOf('framed-card', { 'if-none-match': '"another"' })).status).toBe(200)
})

test('of a private plugin it stands at a signed address, with its files beside it', async () => {
  expect((await frameOf('secret-card')).status).toBe(404)
  const grant = { pluginId: 'secret-card', version: '1.0.0', tenantId: 'acme' }
  const signed = (expires: number, tenantId = 'acme') =>
    `~${signGrant(Buffer.alloc(32, 7), { ...grant, tenantId, expires })}/secret-card`
  const later = Math.floor(Date.now() / 1000) + 3_600
  const answer = await frameOf(signed(later))
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-cache'])
  const files = `${registry.url}/plugins/bundles/${signed(later)}/v1.0.0/`
  expect(policyOf(answer)['img-src']).toContain(files)
  expect((await frameOf(signed(1))).status).toBe(403)
  const params = { pluginId: 'secret-card', version: '1.0.0', signed: signed(later).slice(1, -'/secret-card'.length) }
  expect((await registry.anonymous().getPrivateFramePage({ params })).status).toBe(200)
  expect((await frameOf(signed(later, 'globex'))).status).toBe(404)
  expect((await frameOf(signed(later).replace(/\/secret-card$/, '/framed-card'))).status).toBe(403)
})

test.each(['absent-card', 'framed-card%2f..'])('%s has none', async (id) => {
  expect((await frameOf(id)).status).toBeGreaterThanOrEqual(400)
  expect((await frameOf(id)).status).toBeLessThan(500)
})

test('a registry without pages says so', async () => {
  const bare = await startPeople()
  await bare.publish(plainPackage({ id: 'framed-card' }))
  const answer = await fetch(`${bare.registry.url}/plugins/bundles/framed-card/v1.0.0/frame.html`)
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'frame_unavailable'])
  await bare.registry.stop()
})
