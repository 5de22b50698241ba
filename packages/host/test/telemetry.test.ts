import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { eventually } from './eventually.ts'
import { launchBrowser } from './find-browser.ts'
import { type OpenPage, plugin, settled, startPage } from './open-page.ts'

const card = { name: 'Card', title: 'Weather', export: 'Sidekick', extensionPoint: 'dashboard.widgets' }

let browser: Browser
let fixture: OpenPage

beforeAll(async () => {
  browser = await launchBrowser()
}, 60_000)
afterAll(() => browser?.close())
beforeEach(async () => {
  fixture = await startPage(browser)
  fixture.registry.install(await plugin('sidekick', [card]))
})
afterEach(() => fixture.close())

async function open(options?: Parameters<OpenPage['open']>[0]) {
  const page = await fixture.open(options)
  await settled(page, 'sidekick')
  await page.getByText('The sidekick stands').waitFor()
  return page
}

/** As the faces do it, with what a plugin’s component threw. */
const throwAll = (page: Page, thrown: readonly unknown[]) =>
  page.evaluate((all) => {
    const [contribution] = globalThis.host.contributions('dashboard.widgets')
    for (const one of all) {
      if (contribution) globalThis.host.report(contribution, typeof one === 'string' ? new Error(one) : one)
    }
  }, thrown)

const stop = (page: Page) => page.evaluate(() => globalThis.host.stop())
const errorsTold = () => fixture.registry.told.flat().flatMap(({ errors = [] }) => errors)

test('is told a moment after the first thing, without anybody’s doing', async () => {
  await open()
  await eventually(() => fixture.registry.told).toMatchObject([
    [{ pluginId: 'sidekick', version: '1.0.0', variant: 'a', renders: [expect.any(Number)] }],
  ])
})

test('is told when nobody looks at the page any more', async () => {
  const page = await open()
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await eventually(() => fixture.registry.told.length).toBe(1)
})

test('the same error is told once', async () => {
  const page = await open()
  await throwAll(page, ['one', 'one', 'two', 'one'])
  await stop(page)
  await eventually(() => errorsTold().map(({ message }) => message)).toEqual([
    '“Weather” stopped: one',
    '“Weather” stopped: two',
  ])
})

test('what was thrown instead of an error is nobody’s business, nor what an address carries, nor a long story', async () => {
  const page = await open()
  await throwAll(page, [{ card: '4111 1111' }, 4111, 'https://x.example/a.js?grant=secret#x failed', 'y'.repeat(900)])
  await stop(page)
  await eventually(() => errorsTold().map(({ message }) => message.slice(0, 60))).toEqual([
    'What was thrown is no error (object).',
    'What was thrown is no error (number).',
    '“Weather” stopped: https://x.example/a.js failed',
    `“Weather” stopped: ${'y'.repeat(41)}`,
  ])
  expect(Math.max(...errorsTold().map(({ message }) => message.length))).toBe(500)
})

test('a code that a plugin has made up does not spoil the report', async () => {
  const page = await open()
  await page.evaluate(() => {
    const [contribution] = globalThis.host.contributions('dashboard.widgets')
    const thrown = Object.assign(new Error('mine'), { name: 'HostError', code: 'Not A Code' })
    if (contribution) globalThis.host.report(contribution, thrown)
  })
  await stop(page)
  await eventually(errorsTold).toEqual([
    { code: 'render_failed', component: 'Card', message: '“Weather” stopped: mine' },
  ])
})

test('what is too much for one batch is left out', async () => {
  const page = await open()
  await throwAll(
    page,
    Array.from({ length: 30 }, (_, number) => `number ${number}`),
  )
  await page.evaluate(() => {
    const [contribution] = globalThis.host.contributions('dashboard.widgets')
    for (let times = 0; times < 150; times++) if (contribution) globalThis.host.measured(contribution, times * 10_000)
  })
  await stop(page)
  await eventually(() =>
    fixture.registry.told.flat().map(({ renders = [], errors = [] }) => [renders.length, errors.length]),
  ).toEqual([[100, 20]])
  expect(Math.max(...fixture.registry.told.flat().flatMap(({ renders = [] }) => renders))).toBe(600_000)
})

test('a page that is refused goes on', async () => {
  const thrown: Error[] = []
  const page = await open({
    before: async (opened) => {
      opened.on('pageerror', (error) => thrown.push(error))
      await opened.route(/\/telemetry$/, (route) => route.fulfill({ status: 503 }))
    },
  })
  const refused = page.waitForEvent('requestfinished', (request) => request.url().endsWith('/telemetry'))
  await page.evaluate(() => dispatchEvent(new Event('pagehide')))
  await refused
  await page.getByText('The sidekick stands').waitFor()
  expect(thrown).toEqual([])
})

test('a platform may do without', async () => {
  const page = await open({ telemetry: false })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.evaluate(() => dispatchEvent(new Event('pagehide')))
  await throwAll(page, ['one'])
  await page.evaluate(() => globalThis.host.refresh())
  await stop(page)
  expect(asked.some((url) => url.endsWith('/telemetry'))).toBe(false)
  expect(asked.some((url) => url.includes('/plugins?'))).toBe(true)
})
