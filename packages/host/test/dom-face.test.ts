import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { eventually } from './eventually.ts'
import { launchBrowser } from './find-browser.ts'
import { type OpenPage, plugin, settled, startPage } from './open-page.ts'

const greeting = { name: 'Greeting', export: 'Greeting', extensionPoint: 'dashboard.widgets' }
const card = { name: 'Card', title: 'Weather', export: 'Sidekick', extensionPoint: 'dashboard.widgets' }

let browser: Browser
let fixture: OpenPage

beforeAll(async () => {
  browser = await launchBrowser()
}, 60_000)
afterAll(() => browser?.close())
beforeEach(async () => {
  fixture = await startPage(browser, 'nonce', 'dom-page.ts')
  fixture.registry.install(await plugin('greeter', [greeting], { configuration: { name: 'Ann' } }))
})
afterEach(() => fixture.close())

/** The keys of the elements that stand in the page, in their order. */
const keys = (page: Page) =>
  page.locator('main > [data-plexica-component]').evaluateAll((all) => all.map((one) => one.dataset.plexicaComponent))

test('components stand in elements of their own, with the props of the page', async () => {
  const page = await fixture.open()
  await page.getByRole('heading', { name: 'Welcome, Ann' }).waitFor()
  await page.getByText('acme at the dashboard').waitFor()
  expect(await keys(page)).toEqual(['greeter/Greeting'])
  await page.getByRole('button').click()
  await page.evaluate(() => globalThis.widgets.update({ place: 'the counter' }))
  await page.getByText('acme at the counter').waitFor()
  expect(await page.getByRole('button').textContent()).toBe('1 clicks')
})

test('what comes later takes its place in the order, and what stands is not moved or started again', async () => {
  const page = await fixture.open()
  await page.getByRole('button').click()
  const before = await page.locator('[data-plexica-component]').elementHandle()
  for (const pluginId of ['alpha', 'sidekick']) {
    fixture.registry.install({ ...(await plugin('sidekick', [card])), pluginId })
  }
  await page.evaluate(() => globalThis.host.refresh())
  expect(await keys(page)).toEqual(['alpha/Card', 'greeter/Greeting', 'sidekick/Card'])
  fixture.registry.change('alpha', { enabled: false })
  fixture.registry.change('greeter', { configuration: { name: 'Bea' } })
  await page.evaluate(() => globalThis.host.refresh())
  await page.getByRole('heading', { name: 'Welcome, Bea' }).waitFor()
  expect(await keys(page)).toEqual(['greeter/Greeting', 'sidekick/Card'])
  expect(await page.getByRole('button').textContent()).toBe('1 clicks')
  expect(await before?.evaluate((element) => element.isConnected)).toBe(true)
})

test('one that throws is a line of text, and is told', async () => {
  const broken = await plugin('throws-at-render', [{ ...card, export: 'Broken' }])
  fixture.registry.install(broken)
  const page = await fixture.open()
  await page.getByText('Weather from The throws-at-render cannot be shown at the moment.').waitFor()
  await page.getByRole('heading', { name: 'Welcome, Ann' }).waitFor()
  expect(await settled(page, 'throws-at-render')).toMatchObject({ problems: [{ code: 'render_failed' }] })
  await page.evaluate(() => globalThis.host.stop())
  await eventually(
    () => fixture.registry.told.flat().find(({ pluginId }) => pluginId === 'throws-at-render')?.errors,
  ).toMatchObject([{ code: 'render_failed', component: 'Card' }])
})

test('while something is on its way the page says so', async () => {
  fixture.registry.install(await plugin('never-resolves', [card]))
  const page = await fixture.open({ timeout: 1_000 })
  await page.getByRole('heading', { name: 'Welcome, Ann' }).waitFor()
  await page.getByText('Loading…').waitFor()
  await settled(page, 'never-resolves')
  await page.getByText('Loading…').waitFor({ state: 'detached' })
})

test('unmount() leaves what stood there before', async () => {
  const page = await fixture.open()
  await page.getByRole('heading', { name: 'Welcome, Ann' }).waitFor()
  await page.evaluate(() => globalThis.widgets.unmount())
  expect(await page.locator('main').innerHTML()).toBe('<h1>A page without React</h1>')
  fixture.registry.change('greeter', { configuration: { name: 'Bea' } })
  await page.evaluate(() => globalThis.host.refresh())
  expect(await page.locator('main').innerHTML()).toBe('<h1>A page without React</h1>')
})
