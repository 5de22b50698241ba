import { createHash } from 'node:crypto'
import type { Component } from '@plexica/manifest-schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusalOf } from './refusal-of.ts'
import { inAcme, startTenants, type Tenants } from './start-tenants.ts'

let t: Tenants
const card: Component = {
  name: 'GreetingCard',
  title: 'Greeting card',
  export: 'GreetingCard',
  extensionPoint: 'puck',
  fields: {
    text: { type: 'text', label: 'Greeting', default: 'Hello' },
    size: { type: 'select', label: 'Size', default: 's', options: [{ label: 'Small', value: 's' }] },
  },
}
const widget: Component = { name: 'OrderWidget', export: 'GreetingCard', extensionPoint: 'dashboard.widgets' }

const asking = { requiredPermissions: ['orders:read'] }

beforeAll(async () => {
  t = await startTenants()
  await t.publish('cards', '1.0.0', { components: [card, widget] })
  await t.publish('widgets', '2.0.0', { components: [{ ...widget, name: 'Other' }] })
  const backend = { entry: 'dist/backend.mjs' }
  await t.publish('silent', '1.0.0', { ...asking, backend, components: undefined, frontend: undefined })
})
afterAll(() => t.registry.stop())

const list = (query = {}) => t.tom.client.listTenantComponents({ params: { tenantId: 'acme' }, query })
const namesOf = async (query = {}) => (await list(query)).components.map(({ name }) => name)
const poll = (etag?: string, path = '/api/tenants/acme/components', key = t.tom.key) =>
  fetch(t.registry.url + path, {
    headers: { authorization: `Bearer ${key}`, ...(etag === undefined ? {} : { 'if-none-match': etag }) },
  })

test('a tenant without plugins has none', async () => {
  expect(await list()).toEqual({ components: [], total: 0 })
})

test('components come with their fields and the bundle that has them', async () => {
  for (const id of ['widgets', 'cards', 'silent'])
    await t.install(id, { grantedPermissions: [] }).catch(() => undefined)
  const { components, total } = await list()
  expect(total).toBe(3)
  expect(components[0]).toEqual({
    pluginId: 'cards',
    version: '1.0.0',
    ...card,
    bundle: {
      url: `${t.registry.url}/plugins/bundles/cards/v1.0.0/bundle.js`,
      integrity: expect.stringMatching(/^sha(256|384|512)-/),
    },
  })
  expect(components.map(({ pluginId, name }) => `${pluginId} ${name}`)).toEqual([
    'cards GreetingCard',
    'cards OrderWidget',
    'widgets Other',
  ])
  const { url, integrity } = components[0]?.bundle ?? expect.fail('no bundle')
  const [algorithm = ''] = integrity.split('-')
  const hash = createHash(algorithm).update(Buffer.from(await (await fetch(url)).arrayBuffer()))
  expect(`${algorithm}-${hash.digest('base64')}`).toBe(integrity)
})

test('of an extension point, for the page editor, and page by page', async () => {
  expect(await namesOf({ extensionPoint: 'dashboard.widgets' })).toEqual(['OrderWidget', 'Other'])
  expect(await namesOf({ type: 'puck' })).toEqual(['GreetingCard'])
  expect(await namesOf({ type: 'puck', extensionPoint: 'dashboard.widgets' })).toEqual([])
  expect(await namesOf({ extensionPoint: 'checkout.sidebar' })).toEqual([])
  const second = await list({ skip: 1, take: 1 })
  expect([second.total, second.components.map(({ name }) => name)]).toEqual([3, ['OrderWidget']])
  for (const query of [{ take: 101 }, { type: 'other' }, { extensionPoint: 'Not A Name' }]) {
    expect((await refusalOf(list(query))).code).toBe('request_invalid')
  }
})

test('asking again answers 304 until something that shows has changed', async () => {
  const first = await poll()
  const etag = first.headers.get('etag') ?? expect.fail('no ETag')
  expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  const again = await poll(etag)
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
  expect((await poll(etag, '/api/tenants/acme/components?type=puck')).status).toBe(200)

  await t.ada.client.disablePlugin(inAcme('cards'))
  expect((await poll(etag)).status).toBe(200)
  expect(await namesOf()).toEqual(['Other'])
  await t.ada.client.enablePlugin(inAcme('cards'))
  expect((await poll(etag)).status).toBe(304)

  await t.publish('widgets', '2.1.0', { components: [{ ...widget, name: 'Renamed' }] })
  expect((await poll(etag)).status).toBe(304)
  await t.ada.client.updateInstallation({ ...inAcme('widgets'), body: {} })
  expect((await poll(etag)).status).toBe(200)
  expect(await namesOf({ extensionPoint: 'dashboard.widgets' })).toEqual(['OrderWidget', 'Renamed'])
})

test('are another tenant’s business, if they are', async () => {
  const { components } = await t.gil.client.listTenantComponents({ params: { tenantId: 'globex' } })
  expect(components).toEqual([])
  for (const tenantId of ['acme', 'nowhere']) {
    const call = t.gil.client.listTenantComponents({ params: { tenantId } })
    expect((await refusalOf(call)).code).toBe('tenant_not_found')
  }
  expect((await poll(undefined, '/api/tenants/nowhere/components', t.root.key)).status).toBe(404)
})
