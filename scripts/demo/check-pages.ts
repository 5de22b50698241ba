import { createClient } from '../../packages/api/src/index.ts'
import { launchBrowser } from '../../packages/host/test/find-browser.ts'
import { askShop } from './ask-shop.ts'

type Browser = Awaited<ReturnType<typeof launchBrowser>>
type Page = Awaited<ReturnType<Browser['newPage']>>

export interface CheckedShop {
  registry: string
  /** Address of the shop, without a `/` at its end. */
  shop: string
  tenant: string
  /** Key of the tenant's admin. */
  adminKey: string
  check(title: string, run: () => Promise<string>): Promise<void>
}

/** Milliseconds in which a page has to show what it should. */
const patience = 20_000

/** Looks at the shop's pages as people do. Says so, and looks at nothing, where no browser starts. */
export async function checkPages({ registry, shop, tenant, adminKey, check }: CheckedShop): Promise<void> {
  let browser: Browser
  try {
    browser = await launchBrowser()
  } catch (error) {
    console.log(`– the pages were not looked at: ${error instanceof Error ? error.message : error}`)
    return
  }
  try {
    const context = await browser.newContext()
    context.setDefaultTimeout(patience)
    const open = async (path: string) => {
      const page = await context.newPage()
      await page.goto(shop + path)
      return page
    }
    await check('see the plugins in the storefront', async () => {
      const page = await open('/')
      await page.getByRole('heading', { name: 'What our customers say' }).waitFor()
      const quotes = await offeredDeliveries(page)
      return `testimonials on the page, ${quotes} deliveries in the checkout`
    })
    await check('see the plugins in the back office', async () => {
      const page = await open('/admin')
      await page.getByRole('region', { name: 'Sales' }).getByText('Show as table').waitFor()
      const ready = page.getByRole('listitem').filter({ hasText: /ready$/ })
      await ready.nth(2).waitFor()
      return `${await ready.count()} ready, the sales chart drawn`
    })
    await check('see a plugin come and go in the editor', async () => {
      const page = await open('/editor')
      const canvas = page.frameLocator('#preview-frame')
      const block = page.getByTestId('drawer-item:testimonial-block/Testimonial').locator('visible=true').first()
      await block.waitFor()
      const { enablePlugin, disablePlugin } = createClient({ url: registry, token: adminKey })
      const plugin = { params: { tenantId: tenant, pluginId: 'testimonial-block' } }
      const before = JSON.stringify(await askShop(shop, 'editor', '/api/page'))
      const gone = await milliseconds(async () => {
        await disablePlugin(plugin)
        await block.waitFor({ state: 'detached' })
      })
      await canvas.getByText('what was written here is kept').waitFor()
      const back = await milliseconds(async () => {
        await enablePlugin(plugin)
        await block.waitFor()
      })
      await canvas.getByText('What our customers say').waitFor()
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Saved', { exact: true }).waitFor()
      if (JSON.stringify(await askShop(shop, 'editor', '/api/page')) !== before) {
        throw new Error('The page is another one after its plugin was away.')
      }
      return `disabled: gone in ${gone} ms; enabled: back in ${back} ms; the page is equal, byte for byte`
    })
  } finally {
    await browser.close()
  }
}

async function offeredDeliveries(page: Page): Promise<number> {
  const offers = page.getByRole('group', { name: 'Choose a delivery' }).getByRole('radio')
  await offers.first().waitFor()
  return offers.count()
}

async function milliseconds(run: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await run()
  return Math.round(performance.now() - started)
}
