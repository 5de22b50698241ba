import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishGood } from '../../cli/test/publish-good.ts'
import { check, openSite, type Site } from './open-site.ts'

const tenantId = 'acme'
const pluginId = 'greeting-card'
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
  await publishGood(site, { manifest: { id: 'boxed-card', frontend: { entry: 'dist/bundle.js', sandbox: true } } })
  for (const [id, configuration] of [
    [pluginId, { shop: 'Corner', token: 'first-secret' }],
    ['boxed-card', {}],
  ] as const) {
    const body = { configuration, grantedPermissions: ['orders:read'] }
    await site.ada.client.installPlugin({ params: { tenantId, pluginId: id }, body })
  }
})
afterAll(() => site?.close())

const installed = async (id = pluginId) => {
  const { installations } = await site.ada.client.listInstallations({ params: { tenantId } })
  return installations.find((one) => one.pluginId === id)
}
const report = (variant: 'a' | 'b', loads: number[], message?: string) =>
  site.ada.client.reportTelemetry({
    params: { tenantId },
    body: {
      reports: [
        {
          pluginId,
          version: '1.0.0',
          variant,
          loads,
          renders: loads,
          errors: message === undefined ? [] : [{ code: 'render_failed', component: 'GreetingCard', message }],
        },
      ],
    },
  })

test('an experiment is begun with other values, secrets apart', async () => {
  const page = await site.visit(`/my-plugins/${pluginId}?tab=experiment`, { as: site.ada })
  const shop = page.getByLabel('Shop')
  expect(await shop.inputValue()).toBe('Corner')
  expect(await page.getByLabel('Access token').count()).toBe(0)
  await shop.fill('')
  await page.getByLabel('Share of visitors').fill('101')
  await page.getByRole('button', { name: 'Begin the experiment' }).click()
  await page.getByText('This value is needed.').waitFor()
  await page.getByText('Write a whole number from 0 to 100.').waitFor()
  await check(page)
  await shop.fill('Market')
  await page.getByLabel('Share of visitors').fill('25')
  await page.getByRole('button', { name: 'Begin the experiment' }).click()
  await page.getByText('The experiment with Greeting card has begun.').waitFor()
  expect(await installed()).toMatchObject({
    configuration: { shop: 'Corner' },
    experiment: { share: 25, configuration: { shop: 'Market' } },
  })
  await page.getByText('No page has told anything in this period.').waitFor()
})

test('what it does stands beside the configuration, and it is adopted', async () => {
  await site.ada.client.setExperiment({
    params: { tenantId, pluginId },
    body: { configuration: { shop: 'Market' }, share: 25 },
  })
  await report('a', [40, 50, 60])
  await report('b', [1_500], 'no such order')
  const page = await site.visit(`/my-plugins/${pluginId}?tab=experiment`, { as: site.ada })
  const times = page.getByRole('region', { name: 'Times' })
  const rows = times.getByRole('row')
  await rows.nth(2).waitFor()
  const cellsOf = (row: number) => rows.nth(row).getByRole('cell').allTextContents()
  expect((await cellsOf(1)).slice(0, 3)).toEqual(['1.0.0', 'A', '3'])
  const cells = await cellsOf(2)
  expect(cells.slice(0, 3)).toEqual(['1.0.0', 'B', '1'])
  expect(cells[3]).toMatch(/^1\.\d sec$/)
  expect(cells.at(-1)).toBe('1')
  await page.getByRole('cell', { name: 'no such order' }).waitFor()
  await check(page)

  await page.getByRole('button', { name: 'Make B the configuration' }).click()
  const dialog = page.getByRole('dialog', { name: 'Make B the configuration of Greeting card?' })
  await check(page)
  await dialog.getByRole('button', { name: 'Make B the configuration' }).click()
  await page.getByText('B is the configuration of Greeting card now.').waitFor()
  expect(await installed()).toMatchObject({ configuration: { shop: 'Market' }, secrets: ['token'], experiment: null })
})

test('an experiment ends without a trace in the configuration, and others only look at it', async () => {
  const body = { configuration: { shop: 'Harbour' }, share: 50 }
  await site.ada.client.setExperiment({ params: { tenantId, pluginId }, body })
  const user = await site.person('una', 'tenant-user', { tenantId })
  const others = await site.visit(`/my-plugins/${pluginId}?tab=experiment`, { as: user })
  await others.getByText('50% of the visitors get the configuration B:').waitFor()
  await others.getByText('Harbour').waitFor()
  expect(await others.getByRole('button', { name: 'End the experiment' }).count()).toBe(0)

  const page = await site.visit(`/my-plugins/${pluginId}?tab=experiment`, { as: site.ada, language: 'it' })
  await page.getByRole('button', { name: 'Termina l’esperimento' }).click()
  await page.getByText('L’esperimento è finito.').waitFor()
  expect(await installed()).toMatchObject({ configuration: { shop: 'Market' }, experiment: null })
  await others.getByText('No experiment runs.').waitFor()
  await page.getByRole('tab', { name: 'Cronologia' }).click()
  await page.getByRole('cell', { name: 'Esperimento con la 1.0.0' }).first().waitFor()
})

test('a plugin is kept in frames by a switch, unless it asks for them itself', async () => {
  const page = await site.visit(`/my-plugins/${pluginId}?tab=pages`, { as: site.ada })
  const frames = page.getByRole('switch', { name: 'Keep it in frames of its own' })
  await frames.click()
  await page.getByText('Greeting card runs in frames of its own.').waitFor()
  expect((await installed())?.sandbox).toMatchObject({ required: false })
  await page.getByRole('region', { name: 'Times' }).getByRole('cell', { name: '1.0.0' }).first().waitFor()
  await check(page)
  await frames.click()
  await page.getByText('Greeting card runs in your pages themselves.').waitFor()
  expect((await installed())?.sandbox).toBeNull()

  const asking = await site.visit('/my-plugins/boxed-card?tab=pages', { as: site.ada })
  const fixed = asking.getByRole('switch', { name: 'Keep it in frames of its own' })
  await asking.getByText('The plugin asks for this itself.').waitFor()
  expect([await fixed.isChecked(), await fixed.isDisabled()]).toEqual([true, true])
  await check(asking)
})

test('its publisher sees how it does in all pages, without anybody’s messages', async () => {
  // Charts take a new width with the next frame; here they have it from the beginning.
  const page = await site.visit(`/publish/${pluginId}?tab=analytics`, { as: site.ann, width: 360 })
  await page.getByRole('heading', { name: 'In pages' }).waitFor()
  const rows = page.getByRole('region', { name: 'Times' }).getByRole('row')
  await rows.nth(2).waitFor()
  const errors = page.getByRole('region', { name: 'Errors, the most frequent first' })
  await errors.getByRole('cell', { name: 'render_failed' }).waitFor()
  expect(await errors.getByRole('columnheader', { name: 'Last message' }).count()).toBe(0)
  expect(await page.getByText('no such order').count()).toBe(0)
  await check(page)
})
