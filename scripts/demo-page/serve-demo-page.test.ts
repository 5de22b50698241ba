import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildPlugin } from '../../packages/host/test/build-plugin.ts'
import { launchBrowser } from '../../packages/host/test/find-browser.ts'
import { type RegistryFixture, serveRegistry, tenant, token } from '../../packages/host/test/serve-registry.ts'
import { type DemoPage, serveDemoPage } from './serve-demo-page.ts'

const examples = join(import.meta.dirname, '../../examples')

let browser: Awaited<ReturnType<typeof launchBrowser>>
let registry: RegistryFixture
let demo: DemoPage
let page: Awaited<ReturnType<typeof browser.newPage>>
/** What the browser complains about: refused scripts and styles, exceptions, failed requests. */
const complaints: string[] = []

beforeAll(async () => {
  browser = await launchBrowser()
  registry = await serveRegistry()
  for (const id of ['sales-chart', 'testimonial-block']) await install(id)
  demo = await serveDemoPage({ registryUrl: registry.url, tenant, token })
  page = await (await browser.newContext()).newPage()
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  await page.goto(demo.url)
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([demo?.close(), registry?.close()])
})

async function install(id: string) {
  const manifest = JSON.parse(readFileSync(join(examples, id, 'manifest.json'), 'utf8'))
  registry.install({
    pluginId: id,
    version: manifest.version,
    components: manifest.components,
    grantedPermissions: manifest.requiredPermissions,
    bundle: await buildPlugin(join(examples, id, manifest.frontend.entry)),
  })
  registry.change(id, { name: manifest.name })
}

const plugins = () => page.getByRole('region', { name: 'Plugins' }).getByRole('listitem')

test('the page lists the tenant’s plugins with their state', async () => {
  await plugins().filter({ hasText: 'Testimonial Block2.1.0ready' }).waitFor()
  await plugins().filter({ hasText: 'Sales Chart1.2.0ready' }).waitFor()
})

test('the dashboard shows the sales of as many days as the plugin asks for', async () => {
  const chart = page.getByRole('region', { name: 'Sales' })
  for (const days of [30, 90]) {
    await chart.getByText(`${days} days`, { exact: true }).click()
    await chart.getByText('Show as table').waitFor()
    await expect.poll(() => chart.locator('tbody tr').count()).toBe(days)
  }
})

test('the content section shows the blocks for the page editor with their defaults', async () => {
  await page.getByText('Ada Lovelace').waitFor()
  await page.getByRole('heading', { name: 'What our customers say' }).waitFor()
})

test('a plugin that is installed meanwhile appears in the open page, and the checkout takes its delivery', async () => {
  const checkout = page.getByRole('region', { name: 'Checkout' })
  await checkout.getByText('Nothing here yet.').waitFor()
  await install('shipping-quotes')
  await checkout.getByRole('radio', { name: /Express/ }).check()
  expect(await checkout.locator('dl > div').allTextContents()).toEqual([
    'Articles€141.00',
    'Delivery, Coastline Express€12.73',
    'Total€153.73',
  ])
})

test('the browser had nothing to refuse', () => {
  expect(complaints).toEqual([])
})
