// `pnpm screenshots`: every page of packages/web as a phone and a wide screen show it, into docs/screenshots.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { launchBrowser } from '../packages/host/test/find-browser.ts'
import { openShowcase, type Person, type Showcase } from './showcase.ts'

const folder = join(import.meta.dirname, '../docs/screenshots')
/** Wide ones are light and narrow ones dark, so that both are seen. */
const views = [
  { width: 1440, height: 900, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
] as const
/** Of a long page the beginning is enough, in pixels. */
const tallest = 1_800

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof launchBrowser>>['newPage']>>

interface Shot {
  readonly name: string
  readonly as?: (site: Showcase) => Person
  readonly path: string | ((site: Showcase) => Promise<string>)
  /** What is done on the page before it is taken. */
  readonly act?: (page: Page) => Promise<unknown>
}

const admin = (site: Showcase) => site.admin
const publisher = (site: Showcase) => site.publisher
const root = (site: Showcase) => site.root

const shots: readonly Shot[] = [
  { name: 'marketplace', path: '/' },
  { name: 'marketplace-search', path: '/?q=order' },
  { name: 'marketplace-nothing', path: '/?q=zzzzzz' },
  { name: 'plugin', as: admin, path: '/plugins/sales-chart' },
  { name: 'plugin-versions', path: '/plugins/order-map?tab=versions' },
  { name: 'plugin-reviews', as: admin, path: '/plugins/stock-alerts?tab=reviews' },
  { name: 'plugin-permissions', path: '/plugins/order-map?tab=permissions' },
  { name: 'install-version', as: admin, path: '/plugins/shipping-quotes/install' },
  {
    name: 'install-configuration',
    as: admin,
    path: '/plugins/shipping-quotes/install',
    act: (page) => page.getByRole('button', { name: 'Continue' }).click(),
  },
  { name: 'my-plugins', as: admin, path: '/my-plugins' },
  { name: 'my-plugin', as: admin, path: '/my-plugins/order-map' },
  { name: 'notifications', as: publisher, path: '/notifications' },
  { name: 'publish', as: publisher, path: '/publish' },
  {
    name: 'publish-package',
    as: publisher,
    path: '/publish',
    act: (page) => page.getByRole('button', { name: 'Publish a plugin' }).click(),
  },
  { name: 'manage-versions', as: publisher, path: '/publish/order-map' },
  { name: 'manage-analytics', as: publisher, path: '/publish/order-map?tab=analytics' },
  { name: 'manage-settings', as: publisher, path: '/publish/order-map?tab=settings' },
  { name: 'review-queue', as: root, path: '/desk/review' },
  { name: 'review-desk', as: root, path: waiting },
  { name: 'review-files', as: root, path: async (site) => `${await waiting(site)}?tab=files` },
  { name: 'moderation', as: root, path: '/desk/moderation' },
  { name: 'audit', as: root, path: '/desk/audit' },
  { name: 'tenants', as: root, path: '/desk/tenants' },
  { name: 'keys', as: root, path: '/keys' },
  { name: 'rules', path: '/rules' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'no-rights', as: admin, path: '/desk/review' },
  { name: 'not-found', path: '/nowhere' },
]

async function waiting({ root }: Showcase): Promise<string> {
  const { submissions } = await root.client.listSubmissions({ query: { pluginId: 'stock-alerts' } })
  return `/desk/review/${submissions[0]?.id}`
}

const only = process.argv.slice(2)
const browser = await launchBrowser()
const site = await openShowcase()
try {
  if (only.length === 0) await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const shot of shots) if (only.length === 0 || only.includes(shot.name)) await take(shot)
} finally {
  await browser.close()
  await site.stop()
}

async function take({ name, as, path, act }: Shot): Promise<void> {
  const address = typeof path === 'string' ? path : await path(site)
  for (const { width, height, colorScheme } of views) {
    const viewport = { width, height }
    const context = await browser.newContext({ baseURL: site.url, viewport, colorScheme, reducedMotion: 'reduce' })
    if (as) {
      const headers = { 'sec-fetch-site': 'same-origin' }
      await context.request.post('/api/session', { data: { token: as(site).key }, headers })
    }
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    // The event stream stays open, so the network is never quiet: what loads says so itself.
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await act?.(page)
    await page.waitForFunction(() => !document.querySelector('[role=status][aria-label^=Loading]'))
    await page.waitForFunction(() =>
      [...document.images].every(({ loading, complete }) => loading === 'lazy' || complete),
    )
    const tall = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.setViewportSize({ width, height: Math.min(Math.max(tall, height), tallest) })
    await page.waitForTimeout(300)
    await page.screenshot({ path: join(folder, `${name}-${width}.jpg`), type: 'jpeg', quality: 60 })
    await context.close()
  }
  console.log(name)
}
