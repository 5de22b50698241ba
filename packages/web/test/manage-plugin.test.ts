import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishGood } from '../../cli/test/publish-good.ts'
import { check, openSite, type Site } from './open-site.ts'

const pluginId = 'greeting-card'
let site: Site
beforeAll(async () => {
  site = await openSite()
  await publishGood(site, {})
  await publishGood(site, { manifest: { version: '1.1.0' } })
  await publishGood(site, { manifest: { id: 'welcome-card', name: 'Welcome card' } })
  const body = { version: '1.0.0', grantedPermissions: ['orders:read'] }
  await site.ada.client.installPlugin({ params: { tenantId: 'acme', pluginId }, body })
  const packed = await site.ada.client.getPackage({ params: { pluginId, version: '1.0.0' } })
  await packed.arrayBuffer()
})
afterAll(() => site?.close())

test('a version is yanked once it was seen who uses it, and given out again', async () => {
  const page = await site.visit(`/publish/${pluginId}`, { as: site.root })
  const row = page.getByRole('row').filter({ has: page.getByText('1.0.0', { exact: true }) })
  await row.getByRole('button', { name: 'Actions for 1.0.0' }).click()
  await page.getByRole('menuitem', { name: 'Yank …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Yank 1.0.0?' })
  await dialog.getByText('1 tenant has it installed.').waitFor()
  await dialog.getByRole('list', { name: 'Tenants that have it installed' }).getByText('acme').waitFor()
  await dialog.getByRole('button', { name: 'Yank' }).click()
  await dialog.getByText('Say why').waitFor()
  await check(page)
  await dialog.getByLabel('Reason').fill('It counts twice.')
  await dialog.getByRole('button', { name: 'Yank' }).click()
  await row.getByText('Yanked').waitFor()
  await row.getByText('It counts twice.').waitFor()

  await row.getByRole('button', { name: 'Actions for 1.0.0' }).click()
  await page.getByRole('menuitem', { name: 'Delete …' }).click()
  await page.getByText('As long as a tenant has it installed').waitFor()
  expect(await page.getByRole('button', { name: 'Delete for ever' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Cancel' }).click()

  await row.getByRole('button', { name: 'Actions for 1.0.0' }).click()
  await page.getByRole('menuitem', { name: 'Undo the yank …' }).click()
  await page.getByRole('button', { name: 'Undo the yank' }).click()
  await row.getByText('Yanked').waitFor({ state: 'detached' })
  const { state } = await site.ann.client.getVersion({ params: { pluginId, version: '1.0.0' } })
  expect(state).toBe('published')
})

test('the plugin is deprecated with a reason and a successor, and no longer', async () => {
  const page = await site.visit(`/publish/${pluginId}`, { as: site.ann })
  await page.getByRole('button', { name: 'Deprecate the plugin …' }).click()
  const dialog = page.getByRole('dialog')
  // Which tenants they are is nobody’s business but super-admins’.
  await dialog.getByText('1 tenant has it installed.').waitFor()
  expect(await dialog.getByText('acme').count()).toBe(0)
  await dialog.getByLabel('Reason').fill('There is a warmer one.')
  await dialog.getByLabel('Use instead').fill('welcome-card')
  await dialog.getByRole('button', { name: 'Deprecate' }).click()
  await page.getByText('This plugin is deprecated').waitFor()
  await page.getByRole('link', { name: 'welcome-card' }).waitFor()
  await page.getByRole('button', { name: 'Take it back' }).click()
  await page.getByText('This plugin is deprecated').waitFor({ state: 'detached' })
  const { deprecation } = await site.ann.client.getPlugin({ params: { pluginId } })
  expect(deprecation).toBeNull()
})

test('analytics are charts that the keyboard reads, and tables of the same numbers', async () => {
  const page = await site.visit(`/publish/${pluginId}?tab=analytics`, { as: site.ann })
  const told = await site.ann.client.getPluginAnalytics({ params: { pluginId } })
  expect(told.totals.downloads).toBeGreaterThan(0)
  const downloads = page.getByRole('figure').filter({ has: page.getByRole('heading', { name: 'Downloads' }) })
  const chart = downloads.getByRole('slider')
  await chart.focus()
  expect(await chart.getAttribute('aria-valuetext')).toMatch(new RegExp(`: ${told.totals.downloads}$`))
  await page.keyboard.press('Home')
  expect(await chart.getAttribute('aria-valuetext')).toMatch(/: 0$/)
  expect(await downloads.locator('svg rect').count()).toBe(30)
  await downloads.getByText('Show the numbers').click()
  expect(await downloads.getByRole('row').count()).toBe(31)
  const newest = downloads.getByRole('row').nth(1).getByRole('cell')
  expect(await newest.last().textContent()).toBe(String(told.totals.downloads))
  await check(page)

  await page.getByLabel('Period', { exact: true }).selectOption('365 days')
  await page.waitForURL(/days=365/)
  await downloads.getByRole('columnheader', { name: 'Week from' }).waitFor()
  const csv = await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href')
  const answer = await page.request.get(csv ?? '')
  expect((await answer.text()).trim().split('\r\n')).toHaveLength(366)
})

test('owners are added and removed, but not the last', async () => {
  const page = await site.visit(`/publish/${pluginId}?tab=owners`, { as: site.ann })
  const owners = page.getByRole('list', { name: 'Owners' })
  expect(await owners.getByRole('button', { name: 'Remove ann' }).isDisabled()).toBe(true)
  await page.getByLabel('Add an owner').fill('ben')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await owners.getByRole('button', { name: 'Remove ben' }).click()
  await check(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await owners.getByText('ben').waitFor({ state: 'detached' })
  const known = await site.ann.client.listOwners({ params: { pluginId } })
  expect(known.owners.map(({ subject }) => subject)).toEqual(['ann'])
})

test('settings say who may have the plugin, and which pipelines publish it', async () => {
  const page = await site.visit(`/publish/${pluginId}?tab=settings`, { as: site.ann })
  const tenants = page.getByRole('list', { name: 'Granted tenants' })
  await page.getByLabel('Tenant id').fill('nowhere')
  await page.getByRole('button', { name: 'Grant' }).click()
  await page.getByText('There is no tenant nowhere.').first().waitFor()
  await page.getByLabel('Tenant id').fill('acme')
  await page.getByRole('button', { name: 'Grant' }).click()
  await tenants.getByText('acme').waitFor()
  await page.getByLabel('Private').check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Tenants that have the plugin while it is private.').waitFor()
  expect(await site.ann.client.getPluginSettings({ params: { pluginId } })).toEqual({
    id: pluginId,
    visibility: 'private',
    tenants: ['acme'],
  })
  await check(page)
})

test('a stranger’s plugin is not found here', async () => {
  const page = await site.visit('/publish/no-such-plugin', { as: site.ben })
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
})
