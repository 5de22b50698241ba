import { expect, test } from 'vitest'
import { createPluginApi, createRequest } from './plugin-api.ts'

const platform = {
  'orders:read': (input: unknown, { pluginId }: { pluginId: string }) => ({ input, pluginId }),
  'orders:write': () => {
    throw new Error('The shop is closed.')
  },
}

test('a granted permission reaches the platform, with the name of who asks', async () => {
  const request = createRequest('sales', () => ['orders:read'], platform)
  expect(await request('orders:read', { days: 7 })).toEqual({ input: { days: 7 }, pluginId: 'sales' })
})

test.each(['orders:write', 'toString', '__proto__', ''])('%j is refused unless granted', async (permission) => {
  const request = createRequest('sales', () => ['orders:read'], platform)
  await expect(request(permission)).rejects.toMatchObject({ name: 'HostError', code: 'permission_not_granted' })
})

test.each(['customers:read', 'toString'])('%j is refused when the page does not provide it', async (permission) => {
  const request = createRequest('sales', () => [permission], platform)
  await expect(request(permission)).rejects.toMatchObject({ code: 'permission_not_provided' })
})

test('what the platform throws reaches the plugin', async () => {
  const request = createRequest('sales', () => ['orders:write'], platform)
  await expect(request('orders:write')).rejects.toThrow('The shop is closed.')
})

test('a permission that is taken back is refused from then on', async () => {
  let granted = ['orders:read']
  const request = createRequest('sales', () => granted, platform)
  await request('orders:read')
  granted = []
  await expect(request('orders:read')).rejects.toMatchObject({ code: 'permission_not_granted' })
})

test('a plugin cannot change its configuration, nor the host’s copy', () => {
  const configuration = { colours: { bar: 'red' }, days: [7, 30] }
  const api = createPluginApi('acme', configuration, async () => null)
  expect(api.configuration).toEqual(configuration)
  expect(() => Object.assign(api.configuration, { colours: 1 })).toThrow(TypeError)
  expect(() => Object.assign(api.configuration.colours as object, { bar: 'blue' })).toThrow(TypeError)
  expect(() => (api.configuration.days as number[]).push(90)).toThrow(TypeError)
  expect(() => Object.assign(api, { tenantId: 'other' })).toThrow(TypeError)
  configuration.colours.bar = 'green'
  expect(api.configuration).toMatchObject({ colours: { bar: 'red' } })
})
