import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Person, startRegistryWithPeople } from '../../cli/test/registry-with-people.ts'
import { launchBrowser } from '../../host/test/find-browser.ts'

export type { Person }
export type Site = Awaited<ReturnType<typeof openSite>>

interface Visit {
  /** Who is signed in; nobody unless told. */
  as?: Person
  /** In pixels; 1440 unless told. */
  width?: number
  dark?: boolean
  language?: 'en' | 'it'
}

/** A registry with its people, and a browser that looks at its pages. */
export async function openSite(settings: Readonly<Record<string, string>> = {}) {
  const browser = await launchBrowser()
  const registry = await startRegistryWithPeople(settings)
  return {
    ...registry,
    /**
     * A window of its own on a path of the pages. What its browser complains about, scripts and styles that were
     * refused and exceptions, is in `complaints`, and fails `check`.
     */
    async visit(path: string, { as, width = 1440, dark = false, language = 'en' }: Visit = {}) {
      const options: BrowserContextOptions = {
        baseURL: registry.url,
        viewport: { width, height: 900 },
        colorScheme: dark ? 'dark' : 'light',
        locale: language,
        reducedMotion: 'reduce',
      }
      const context = await browser.newContext(options)
      if (as) {
        const origin = { 'sec-fetch-site': 'same-origin' }
        const answer = await context.request.post('/api/session', { data: { token: as.key }, headers: origin })
        expect(answer.status()).toBe(201)
      }
      const page = await context.newPage()
      // Sooner than a test's own time is up, so that what is missing is named.
      page.setDefaultTimeout(20_000)
      const complaints: string[] = []
      page.on('pageerror', ({ message }) => complaints.push(message))
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type()) && !isRefusal(message.text())) complaints.push(message.text())
      })
      await page.goto(path)
      return Object.assign(page, { complaints })
    },
    async close() {
      await browser.close()
      await registry.stop()
    },
  }
}

/** The browser notes every answer of 400 and more, also those that the page explains. */
function isRefusal(text: string): boolean {
  return /^Failed to load resource: the server responded with a status of 4\d\d/.test(text)
}

/**
 * What every page owes everybody: no violation that axe can see and nothing that scrolls sideways, on a phone, a tablet
 * and a wide screen, light and dark; and a browser without complaints.
 */
export async function check(page: Page & { complaints: string[] }): Promise<void> {
  const size = page.viewportSize()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      const where = `${width} px, ${colorScheme}`
      const axe = new AxeBuilder({ page })
      // Darkness changes colours and nothing else.
      const { violations } = await (colorScheme === 'dark' ? axe.withRules('color-contrast') : axe).analyze()
      expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      )
      const tooWide = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
      expect(tooWide, `${where}: pixels that are beside the window`).toBeLessThanOrEqual(0)
    }
  }
  if (size) await page.setViewportSize(size)
  expect(page.complaints).toEqual([])
}
