import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { buildPlugin } from './build-plugin.ts'
import { type PageOptions, servePage } from './serve-page.ts'
import { type NewPlugin, type RegistryFixture, serveRegistry, tenant, token } from './serve-registry.ts'

const built = new Map<string, ReturnType<typeof buildPlugin>>()

/** A plugin of this folder, bundled once per run. */
export async function plugin(
  pluginId: string,
  components: NewPlugin['components'],
  more: Partial<NewPlugin> = {},
): Promise<NewPlugin> {
  const bundle = built.get(pluginId) ?? buildPlugin(join(import.meta.dirname, 'plugins', pluginId, 'index.tsx'))
  built.set(pluginId, bundle)
  return { pluginId, components, bundle: await bundle, ...more }
}

export interface OpenOptions {
  timeout?: number
  pollEvery?: number
  token?: string
  visitor?: string
  telemetry?: false
  before?: (page: Page) => Promise<unknown>
}

export interface OpenPage {
  registry: RegistryFixture
  /** Opens the page; what stands in the registry before is what it finds. */
  open(options?: OpenOptions): Promise<Page>
  close(): Promise<void>
}

/** A registry and a page of its own for one test. */
export async function startPage(
  browser: Browser,
  importMapBy: PageOptions['importMapBy'] = 'nonce',
  script?: string,
): Promise<OpenPage> {
  const registry = await serveRegistry()
  const served = await servePage({ registryUrl: registry.url, importMapBy, ...(script ? { script } : {}) })
  const context = await browser.newContext()
  return {
    registry,
    async open({ timeout = 10_000, pollEvery, visitor, telemetry, token: given = token, before } = {}) {
      const page = await context.newPage()
      await before?.(page)
      const query = new URLSearchParams({ registry: registry.url, tenant, token: given, timeout: String(timeout) })
      if (pollEvery !== undefined) query.set('pollEvery', String(pollEvery))
      if (telemetry !== undefined) query.set('telemetry', String(telemetry))
      if (visitor !== undefined) query.set('visitor', visitor)
      await page.goto(`${served.url}?${query}`)
      return page
    },
    async close() {
      await context.close()
      await Promise.all([registry.close(), served.close()])
    },
  }
}

/** How a plugin stands in the page once all have settled. */
export async function settled(page: Page, pluginId: string) {
  await page.waitForFunction(() => {
    const plugins = globalThis.host.plugins()
    return globalThis.host.status().status !== 'loading' && plugins.every(({ state }) => state.status !== 'loading')
  })
  return page.evaluate((id) => {
    const state = globalThis.host.plugins().find((known) => known.id === id)?.state
    if (state?.status === 'failed') {
      const { code, message, fix } = state.reason
      return { status: state.status, code, message, fix }
    }
    const problems = state?.status === 'ready' ? state.problems : []
    return {
      status: state?.status ?? 'absent',
      problems: problems.map(({ component, reason: { code, message } }) => ({ component, code, message })),
    }
  }, pluginId)
}
