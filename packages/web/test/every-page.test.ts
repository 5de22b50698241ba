import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShowcase, type Showcase } from '../../../scripts/showcase/open-showcase.ts'
import { openShownPage, shownPages } from '../../../scripts/showcase/shown-pages.ts'
import { launchBrowser } from '../../host/test/find-browser.ts'
import { barriers } from './open-site.ts'

let browser: Awaited<ReturnType<typeof launchBrowser>>
let site: Showcase
beforeAll(async () => {
  ;[browser, site] = await Promise.all([launchBrowser(), openShowcase()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

/** A phone, a tablet and a wide screen, by day and by night. */
const views = ([360, 768, 1440] as const).flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, height: 900, colorScheme })),
)

describe.each(shownPages)('$name', (shown) => {
  test('keeps nobody out, on any screen, light and dark', async () => {
    const page = await openShownPage(browser, site, shown, { width: 1440, height: 900, colorScheme: 'light' })
    for (const { colorScheme, ...size } of views) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize(size)
      // By night it is the same page in other colours.
      const rules = colorScheme === 'dark' ? ['color-contrast', 'link-in-text-block'] : undefined
      expect(await barriers(page, rules), `${size.width} px, ${colorScheme}`).toEqual([])
    }
    await page.context().close()
  })
})
