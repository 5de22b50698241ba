import { afterAll, beforeAll, expect, test } from 'vitest'
import { starterPage } from '../server/starter-page.ts'
import { type OpenShop, openShop } from './open-shop.ts'

let shop: OpenShop
beforeAll(async () => {
  shop = await openShop()
}, 120_000)
afterAll(() => shop?.close())

const of = (pluginId: string) => ({ params: { tenantId: 'acme', pluginId } })

async function savedPage(): Promise<unknown> {
  const { token } = await (await fetch(`${shop.url}/api/token?page=storefront`)).json()
  return (await fetch(`${shop.url}/api/page`, { headers: { authorization: `Bearer ${token}` } })).json()
}

test('the storefront shows the saved page, and the checkout takes the delivery that a plugin’s backend quotes', async () => {
  const page = await shop.open('/')
  await page.getByRole('heading', { name: 'Things that stay' }).waitFor()
  await page.getByText('Heavy mugs, warm hands.').waitFor()
  const checkout = page.getByRole('region', { name: 'Checkout' })
  const sums = () => checkout.locator('dl > div').allTextContents()
  await checkout.getByRole('radio', { name: /Standard/ }).check()
  expect(await sums()).toEqual(['Articles€141.00', 'Delivery, StandardFree', 'Total€141.00'])
  await page.getByRole('button', { name: 'Add Driftwood shelf to the basket' }).click()
  expect(await sums()).toEqual(['Articles€289.00', 'Deliverynot chosen yet', 'Total€289.00'])
  await checkout.getByLabel('Country').selectOption('Japan')
  await checkout.getByText(/do not deliver/).waitFor()
})

test('the back office shows widgets, customers and how the plugins stand, and follows what the tenant disables', async () => {
  const page = await shop.open('/admin')
  await page.getByRole('region', { name: 'Sales' }).getByText('Show as table').waitFor()
  await page.getByRole('button', { name: /Inès Caron/ }).click()
  await page.getByRole('region', { name: 'Inès Caron' }).getByText('Lyon, France').waitFor()
  const plugins = page.getByRole('region', { name: 'Plugins of acme' })
  await plugins.getByText('ready').nth(2).waitFor()
  const link = plugins.getByRole('link', { name: 'Sales Chart' })
  expect(await link.getAttribute('href')).toBe(`${shop.registry.url}/my-plugins/sales-chart`)

  const { client } = shop.registry.ada
  await client.disablePlugin(of('sales-chart'))
  await link.waitFor({ state: 'detached' })
  await page.getByText('Install a plugin for dashboard.widgets').waitFor()
  await client.enablePlugin(of('sales-chart'))
  await page.getByRole('region', { name: 'Sales' }).getByText('Show as table').waitFor()
})

test('in the open editor a plugin comes and goes, and what was written in it is saved as it was', async () => {
  const page = await shop.open('/editor')
  const canvas = page.frameLocator('#preview-frame')
  const block = page.getByTestId('drawer-item:testimonial-block/Testimonial').locator('visible=true')
  await block.waitFor()
  await canvas.getByText('Heavy mugs, warm hands.').waitFor()

  const { client } = shop.registry.ada
  await client.disablePlugin(of('testimonial-block'))
  await block.waitFor({ state: 'detached' })
  await canvas.getByText('what was written here is kept').waitFor()
  await canvas.getByRole('heading', { name: 'Things that stay' }).click()
  await page.getByLabel('Title').locator('visible=true').fill('Things that last')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved', { exact: true }).waitFor()

  const visitor = await shop.open('/')
  await visitor.getByRole('heading', { name: 'Things that last' }).waitFor()
  await client.enablePlugin(of('testimonial-block'))
  await block.waitFor()
  await canvas.getByText('Heavy mugs, warm hands.').waitFor()
  await visitor.getByText('Heavy mugs, warm hands.').waitFor()
  const [hero, ...others] = starterPage.content
  const content = [{ ...hero, props: { ...hero?.props, title: 'Things that last' } }, ...others]
  expect(await savedPage()).toEqual({ ...starterPage, content })
})

test('a visitor gets the configuration that is tried, and the registry hears how it did', async () => {
  const { client } = shop.registry.ada
  await client.setExperiment({ ...of('sales-chart'), body: { configuration: { defaultRange: 7 }, share: 100 } })
  const page = await shop.open('/admin')
  await page.getByRole('radio', { name: '7 days', checked: true }).waitFor()
  await page.goto('about:blank')
  const loadsOf = async (variant: string) => {
    const { telemetry } = await client.getTenantTelemetry(of('sales-chart'))
    return telemetry.find((one) => one.variant === variant)?.load.count ?? 0
  }
  await expect.poll(() => loadsOf('b'), { timeout: 15_000 }).toBe(1)
})

test('the browser had nothing to refuse', () => {
  expect(shop.complaints).toEqual([])
})
