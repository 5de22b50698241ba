import type { launchBrowser } from '../../packages/host/test/find-browser.ts'
import type { Person, Showcase } from './open-showcase.ts'

type Browser = Awaited<ReturnType<typeof launchBrowser>>
type Page = Awaited<ReturnType<Browser['newPage']>>

/** One page of packages/web in one of its states, as the showcase has it. */
export interface ShownPage {
  readonly name: string
  readonly as?: (site: Showcase) => Person
  readonly path: string | ((site: Showcase) => Promise<string>)
  /** What is done on the page before it is taken. */
  readonly act?: (page: Page) => Promise<unknown>
}

const admin = (site: Showcase) => site.admin
const publisher = (site: Showcase) => site.publisher
const root = (site: Showcase) => site.root

/** Every page; screenshots are taken of these, and a test looks at them. */
export const shownPages: readonly ShownPage[] = [
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
  { name: 'my-plugin-experiment', as: admin, path: '/my-plugins/order-map?tab=experiment' },
  { name: 'my-plugin-pages', as: admin, path: '/my-plugins/order-map?tab=pages' },
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

export interface View {
  readonly width: number
  readonly height: number
  readonly colorScheme: 'light' | 'dark'
}

/** Opens one of them in a window of its own, and waits until all of it is there. */
export async function openShownPage(
  browser: Browser,
  site: Showcase,
  { as, path, act }: ShownPage,
  { colorScheme, ...viewport }: View,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: site.url, viewport, colorScheme, reducedMotion: 'reduce' })
  if (as) {
    const headers = { 'sec-fetch-site': 'same-origin' }
    await context.request.post('/api/session', { data: { token: as(site).key }, headers })
  }
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(typeof path === 'string' ? path : await path(site))
  // The event stream stays open, so the network is never quiet: what loads says so itself.
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await act?.(page)
  await page.waitForFunction(() => !document.querySelector('[role=status][aria-label^=Loading]'))
  await page.waitForFunction(() =>
    [...document.images].every(({ loading, complete }) => loading === 'lazy' || complete),
  )
  return page
}
