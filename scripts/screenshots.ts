// `pnpm screenshots`: every page of packages/web as a phone and a wide screen show it, into docs/screenshots. Names as
// arguments take only those.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { launchBrowser } from '../packages/host/test/find-browser.ts'
import { runProgram } from './programs.ts'
import { openShowcase } from './showcase/open-showcase.ts'
import { openShownPage, shownPages } from './showcase/shown-pages.ts'

const folder = join(import.meta.dirname, '../docs/screenshots')
/** Wide ones are light and narrow ones dark, so that both are seen. */
const views = [
  { width: 1440, height: 900, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
] as const
/** Of a long page the beginning is enough, in pixels. */
const tallest = 1_800

const only = process.argv.slice(2)
await runProgram([join(import.meta.dirname, '../packages/web/scripts/build.ts')], { env: process.env })
const browser = await launchBrowser()
const site = await openShowcase()
try {
  if (only.length === 0) await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const shown of shownPages) {
    if (only.length > 0 && !only.includes(shown.name)) continue
    for (const view of views) {
      const page = await openShownPage(browser, site, shown, view)
      const tall = await page.evaluate(() => document.documentElement.scrollHeight)
      await page.setViewportSize({ width: view.width, height: Math.min(Math.max(tall, view.height), tallest) })
      // Pictures that were below the window load now.
      await page.waitForTimeout(300)
      const path = join(folder, `${shown.name}-${view.width}.jpg`)
      await page.screenshot({ path, type: 'jpeg', quality: 60 })
      await page.context().close()
    }
    console.log(shown.name)
  }
} finally {
  await browser.close()
  await site.stop()
}
