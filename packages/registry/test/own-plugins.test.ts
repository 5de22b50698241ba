import { createClient } from '@plexica/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentedFetch } from './documented-fetch.ts'
import { plainPackage } from './plain-package.ts'
import { refusalOf } from './refusal-of.ts'
import { startPeople } from './start-people.ts'
import type { Person } from './test-registry.ts'

const { registry, ann, bob, sue, tom, upload, publish } = await startPeople()
afterAll(() => registry.stop())

const own = async ({ client }: Pick<Person, 'client'>, query: { skip?: number; take?: number } = {}) => {
  const { plugins, total } = await client.listPlugins({ query: { owner: 'me', ...query } })
  return { ids: plugins.map(({ id }) => id), total }
}
const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code

beforeAll(async () => {
  await publish(plainPackage({ id: 'open-one' }))
  await upload(plainPackage({ id: 'draft-one' }), { submit: false })
  await upload(plainPackage({ id: 'hidden-one' }), { visibility: 'private' })
  await publish(plainPackage({ id: 'of-bob' }), {}, bob)
})

describe('the plugins that somebody manages', () => {
  test('are those that they own, published or not, by id and in pages', async () => {
    expect(await own(ann)).toEqual({ ids: ['draft-one', 'hidden-one', 'open-one'], total: 3 })
    expect(await own(ann, { skip: 1, take: 1 })).toEqual({ ids: ['hidden-one'], total: 3 })
    expect(await own(bob)).toEqual({ ids: ['of-bob'], total: 1 })
  })

  test('are all of them for super-admins', async () => {
    expect(await own(sue)).toEqual({ ids: ['draft-one', 'hidden-one', 'of-bob', 'open-one'], total: 4 })
  })

  test('end where a key was narrowed to plugins', async () => {
    const body = { subject: 'ann', role: 'publisher' as const, plugins: ['open-one', 'of-bob'] }
    const { key } = await ann.client.createKey({ body })
    expect(await own({ client: createClient({ url: registry.url, token: key, fetch: documentedFetch }) })).toEqual({
      ids: ['open-one'],
      total: 1,
    })
  })

  test('are asked for with a key of those who can have some', async () => {
    expect(await codeOf(own({ client: registry.anonymous() }))).toBe('key_missing')
    expect(await codeOf(own(tom))).toBe('not_allowed')
  })
})

test('a plugin’s settings are read by those who manage it', async () => {
  const params = { pluginId: 'hidden-one' }
  const granted = { id: 'hidden-one', visibility: 'private', tenants: ['acme'] }
  await ann.client.changePlugin({ params, body: { tenants: ['acme'] } })
  expect(await ann.client.getPluginSettings({ params })).toEqual(granted)
  expect(await sue.client.getPluginSettings({ params })).toEqual(granted)
  expect(await codeOf(bob.client.getPluginSettings({ params }))).toBe('plugin_not_found')
  expect(await codeOf(bob.client.getPluginSettings({ params: { pluginId: 'open-one' } }))).toBe('not_owner')
  expect(await codeOf(tom.client.getPluginSettings({ params: { pluginId: 'open-one' } }))).toBe('not_allowed')
})
