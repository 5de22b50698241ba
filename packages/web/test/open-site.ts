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
 * What axe sees in a page as it is now, and whether it scrolls sideways; in words, none where all is well.
 * @param rules of axe; all of them unless told.
 */
export async function barriers(page: Page, rules?: readonly string[]): Promise<string[]> {
  // In one pass, which is twice as fast, and stays out of frames of another origin: what is drawn there is a plugin's.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
  if (rules) axe.withRules([...rules])
  const { violations } = await axe.analyze()
  const tooWide = Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'))
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    ...(tooWide > 0 ? [`${tooWide} pixels are beside the window`] : []),
  ]
}

/** No barrier in the state that a page is in, nothing beside a phone's window, and a browser without complaints. */
export async function check(page: Page & { complaints: string[] }): Promise<void> {
  expect(await barriers(page)).toEqual([])
  const size = page.viewportSize()
  await page.setViewportSize({ width: 360, height: 740 })
  // What is measured before it is drawn, such as a chart, follows a frame later.
  const tooWide = () => page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
  await expect.poll(tooWide, { message: 'pixels that are beside a phone’s window' }).toBeLessThanOrEqual(0)
  if (size) await page.setViewportSize(size)
  expect(page.complaints).toEqual([])
}
