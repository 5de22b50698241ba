import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchBrowser } from './find-browser.ts'
import { type OpenPage, settled, startPage } from './open-page.ts'

/** A bundle that leaves a trace where it runs. */
const source = 'globalThis.starts = (globalThis.starts ?? 0) + 1; export const Card = () => "Started in the page"'
const bundle = new Map([['bundle.js', new TextEncoder().encode(source)]])
const components = [
  {
    name: 'Card',
    export: 'Card',
    extensionPoint: 'dashboard.widgets',
    fields: { text: { type: 'text', default: 'x' } },
  },
] as const
const sandbox = { url: '/plugins/frames/distrusted/frame.html', required: false }

let browser: Browser
let fixture: OpenPage

beforeAll(async () => {
  browser = await launchBrowser()
}, 60_000)
afterAll(() => browser?.close())
beforeEach(async () => {
  fixture = await startPage(browser)
})
afterEach(() => fixture.close())

const starts = (page: Page) => page.evaluate(() => Reflect.get(globalThis, 'starts') ?? 0)
const contributed = (page: Page) =>
  page.evaluate(() => {
    const [contribution] = globalThis.host.contributions('dashboard.widgets')
    return contribution && { component: typeof contribution.component, frame: contribution.frame }
  })

test('nothing of a plugin that runs in frames runs in the page', async () => {
  fixture.registry.install({ pluginId: 'distrusted', components: [...components], bundle, sandbox })
  const page = await fixture.open()
  expect(await settled(page, 'distrusted')).toMatchObject({ status: 'ready' })
  const entry = `${fixture.registry.url}/plugins/bundles/distrusted/v1.0.0/bundle.js`
  expect(await contributed(page)).toEqual({
    component: 'undefined',
    frame: {
      url: `${fixture.registry.url}/plugins/frames/distrusted/frame.html`,
      entry,
      files: [{ url: entry, integrity: expect.stringMatching(/^sha384-/) }],
      exportName: 'Card',
    },
  })
  expect(await starts(page)).toBe(0)
})

test('a bundle that cannot be checked gets no frame either', async () => {
  fixture.registry.install({ pluginId: 'distrusted', components: [...components], bundle, sandbox })
  fixture.registry.removeIntegrity('distrusted')
  const page = await fixture.open()
  expect(await settled(page, 'distrusted')).toMatchObject({ status: 'failed', code: 'bundle_invalid' })
})

test('a tenant that begins or ceases to distrust a plugin need not reload its pages', async () => {
  fixture.registry.install({ pluginId: 'distrusted', components: [...components], bundle, sandbox })
  const page = await fixture.open()
  await settled(page, 'distrusted')
  fixture.registry.change('distrusted', { sandbox: null })
  await page.evaluate(() => globalThis.host.refresh())
  await page.getByText('Started in the page').waitFor()
  expect(await contributed(page)).toEqual({ component: 'function', frame: undefined })
  fixture.registry.change('distrusted', { sandbox })
  await page.evaluate(() => globalThis.host.refresh())
  await page.getByText('Started in the page').waitFor({ state: 'detached' })
  expect(await contributed(page)).toMatchObject({ component: 'undefined', frame: { exportName: 'Card' } })
})
