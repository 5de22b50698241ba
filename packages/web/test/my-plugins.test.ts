import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishGood } from '../../cli/test/publish-good.ts'
import { check, openSite, type Site } from './open-site.ts'

const tenantId = 'acme'
const greeting = { tenantId, pluginId: 'greeting-card' }
const configSchema = {
  type: 'object' as const,
  required: ['shop'],
  properties: {
    shop: { type: 'string' as const, title: 'Shop' },
    token: { type: 'string' as const, title: 'Access token', secret: true },
  },
}

let site: Site
beforeAll(async () => {
  site = await openSite()
  await publishGood(site, { manifest: { configSchema } })
  await publishGood(site, {
    manifest: { id: 'card-shelf', name: 'Card shelf', dependencies: { 'greeting-card': '>=1.0.0' } },
  })
  const install = (pluginId: string, configuration: Record<string, unknown>) =>
    site.ada.client.installPlugin({
      params: { tenantId, pluginId },
      body: { configuration, grantedPermissions: ['orders:read'] },
    })
  await install('greeting-card', { shop: 'Corner', token: 'first-secret' })
  await install('card-shelf', {})
})
afterAll(() => site?.close())

const installed = async (pluginId: string) => {
  const { installations } = await site.ada.client.listInstallations({ params: { tenantId } })
  return installations.find((one) => one.pluginId === pluginId)
}

test('a plugin is turned off and on, and what others do appears by itself', async () => {
  const page = await site.visit('/my-plugins', { as: site.ada })
  const turn = page.getByRole('switch', { name: 'Greeting card' })
  await turn.uncheck()
  await page.getByText('Greeting card is disabled. Its configuration is kept.').waitFor()
  expect(await installed('greeting-card')).toMatchObject({ enabled: false })
  await check(page)
  await site.ada.client.enablePlugin({ params: greeting })
  await page.getByRole('switch', { name: 'Enabled Greeting card' }).waitFor()

  const user = await site.person('una', 'tenant-user', { tenantId })
  const others = await site.visit('/my-plugins', { as: user })
  await others.getByText('Enabled').first().waitFor()
  expect(await others.getByRole('switch').count()).toBe(0)
})

test('a configuration is changed; a secret stays unless another is typed', async () => {
  const page = await site.visit('/my-plugins', { as: site.ada })
  await page.getByRole('button', { name: 'What to do with Greeting card' }).click()
  await page.getByRole('menuitem', { name: 'Configure' }).click()
  await page.getByText('Kept as it is unless you type another one.').waitFor()
  await page.getByLabel('Shop').fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('This value is needed.').waitFor()
  await page.getByLabel('Shop').fill('Market')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Greeting card is configured.').waitFor()
  expect(await installed('greeting-card')).toMatchObject({ configuration: { shop: 'Market' }, secrets: ['token'] })
  await page.getByLabel('Remove Access token').check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('It is sealed by the registry').waitFor()
  expect(await installed('greeting-card')).toMatchObject({ secrets: [] })
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByRole('cell', { name: 'token', exact: true }).waitFor()
  await check(page)
})

test('an update that asks for more is looked at, granted and rolled back', async () => {
  await publishGood(site, {
    manifest: {
      version: '1.1.0',
      requiredPermissions: ['orders:read', 'products:read'],
      network: ['api.example.com', 'cdn.example.com'],
      configSchema: {
        ...configSchema,
        required: ['shop', 'street'],
        properties: { ...configSchema.properties, street: { type: 'string', title: 'Street' } },
      },
    },
  })
  const page = await site.visit('/my-plugins', { as: site.ada })
  await page.getByText('asks for 1 more permission').waitFor()
  await page.getByText('contacts 1 more host').waitFor()
  await page.getByRole('button', { name: 'What changed: Greeting card' }).click()
  const dialog = page.getByRole('dialog', { name: 'Update Greeting card to 1.1.0' })
  await dialog.getByText('The card counts orders that are on their way.').waitFor()
  await dialog.getByRole('button', { name: 'Update' }).click()
  await dialog.getByText('It does not work without each of them').first().waitFor()
  await check(page)
  await dialog.getByLabel('See products, prices and stock').check()
  await dialog.getByLabel('cdn.example.com').check()
  expect(await dialog.getByLabel('Shop').count()).toBe(0)
  await dialog.getByLabel('Street').fill('High Street')
  await dialog.getByRole('button', { name: 'Update' }).click()
  await page.getByText('Greeting card is updated to 1.1.0.').waitFor()
  expect(await installed('greeting-card')).toMatchObject({
    version: '1.1.0',
    configuration: { shop: 'Market', street: 'High Street' },
    grantedPermissions: ['orders:read', 'products:read'],
  })

  await page.getByRole('button', { name: 'What to do with Greeting card' }).click()
  await page.getByRole('menuitem', { name: 'Roll back' }).click()
  await page.getByText('1.1.0 goes, and 1.0.0 comes back').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
  await page.getByText('Greeting card is 1.0.0 again.').waitFor()
  expect(await installed('greeting-card')).toMatchObject({ version: '1.0.0', configuration: { shop: 'Market' } })
})

test('whoever uninstalls what others need is told of them first', async () => {
  const page = await site.visit('/my-plugins/greeting-card', { as: site.ada })
  await page.getByRole('button', { name: 'What to do with Greeting card' }).click()
  await page.getByRole('menuitem', { name: 'Uninstall' }).click()
  const dialog = page.getByRole('dialog', { name: 'Uninstall Greeting card?' })
  const uninstall = dialog.getByRole('button', { name: 'Uninstall' })
  await uninstall.click()
  await dialog.getByText('card-shelf 1.0.0 needs greeting-card >=1.0.0.').waitFor()
  expect(await uninstall.isDisabled()).toBe(true)
  expect(await installed('greeting-card')).toBeDefined()
  await check(page)
  await dialog.getByLabel('Do it although they need it').check()
  await uninstall.click()
  await page.getByText('Greeting card is uninstalled.').waitFor()
  expect(await installed('greeting-card')).toBeUndefined()
})
