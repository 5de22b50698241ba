import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FrameSource } from '../src/frame.ts'
import { openSandbox, type Sandbox } from './open-sandbox.ts'

let sandbox: Sandbox
let source: (exportName: string) => FrameSource
beforeAll(async () => {
  sandbox = await openSandbox()
  source = await sandbox.install('framed-card', {
    backend: undefined,
    network: [],
    components: [{ name: 'FramedCard', export: 'FramedCard', extensionPoint: 'puck' }],
  })
}, 120_000)
afterAll(() => sandbox?.close())

async function show(page: Page, shown: Parameters<typeof globalThis.sandbox.show>[1], name = 'card') {
  await page.evaluate(([title, what]) => globalThis.sandbox.show(title, what), [name, shown] as const)
  return page.frameLocator(`iframe[title="${name}"]`).frameLocator('iframe')
}

async function failureOf(page: Page, name = 'card') {
  await page.waitForFunction((title) => title in globalThis.sandbox.failures, name)
  return page.evaluate((title) => globalThis.sandbox.failures[title], name)
}

const whole = (exportName = 'FramedCard') => ({
  source: source(exportName),
  props: { name: 'Ann' },
  granted: ['orders:read'],
  configuration: { shop: 'our shop' },
})

test('a component gets props, configuration, answers, chunks and its own assets, and the page its height', async () => {
  const page = await sandbox.visit()
  const frame = await show(page, whole())
  await frame.getByRole('heading', { name: 'Welcome to our shop, Ann!' }).waitFor()
  // Functions and nodes stay in the page that gave them.
  await frame.getByText('acme | 7 orders | a chunk that came later |', { exact: true }).waitFor()
  const width = () => frame.getByRole('img').evaluate((image) => (image as HTMLImageElement).naturalWidth)
  await expect.poll(width).toBe(64)
  expect(await page.evaluate(() => globalThis.sandbox.rendered.card)).toBeGreaterThan(0)

  const height = () => page.locator('iframe').evaluate((element) => element.getBoundingClientRect().height)
  const before = await height()
  await frame.getByRole('button').click()
  await expect.poll(height).toBe(before + 500)
})

test('other props and another configuration reach it as it is', async () => {
  const page = await sandbox.visit()
  const frame = await show(page, whole())
  await frame.getByRole('button').click()
  await page.evaluate(() => globalThis.sandbox.update('card', { name: 'Bea' }, { shop: 'the other shop' }))
  await frame.getByRole('heading', { name: 'Welcome to the other shop, Bea!' }).waitFor()
  expect(await frame.getByRole('button').textContent()).toBe('1 clicks')
})

test('more requests than may be open at once wait for their turn', async () => {
  const page = await sandbox.visit()
  const frame = await show(page, whole('Asker'))
  await frame.getByText('120 answers').waitFor()
})

test('what is taken away says nothing any more', async () => {
  const page = await sandbox.visit()
  const frame = await show(page, whole())
  await frame.getByRole('heading').waitFor()
  await page.evaluate(() => globalThis.sandbox.unmount('card'))
  expect(await page.locator('iframe').count()).toBe(0)
  await page.evaluate(() => globalThis.sandbox.update('card', { name: 'Bea' }))
  expect(await page.evaluate(() => globalThis.sandbox.failures)).toEqual({})
})

test.each([
  ['ThrowsAtRender', 'render_failed', '“card” stopped: Error: cannot draw'],
  ['Absent', 'export_missing', '“card” stopped: it exports no component Absent'],
])('%s fails with its reason', async (exportName, code, message) => {
  const page = await sandbox.visit()
  await show(page, whole(exportName))
  expect(await failureOf(page)).toEqual({ code, message })
  expect(await page.locator('iframe').count()).toBe(0)
})

test('bytes that are not the approved ones are not handed to any frame', async () => {
  const page = await sandbox.visit()
  const { files, ...rest } = source('FramedCard')
  const integrity = `sha256-${'A'.repeat(43)}=`
  await show(page, { ...whole(), source: { ...rest, files: files.map(({ url }) => ({ url, integrity })) } })
  expect(await failureOf(page)).toMatchObject({ code: 'integrity_mismatch' })
})

test('a page that is no frame page is given up', async () => {
  const page = await sandbox.visit()
  const url = `${sandbox.registry.url}/api/search`
  await show(page, { ...whole(), source: { ...source('FramedCard'), url } })
  expect(await failureOf(page)).toMatchObject({ code: 'frame_unreachable' })
})

test('a private plugin runs at the addresses that its installation gives', async () => {
  const { ann, ada } = sandbox.registry
  await ann.client.changePlugin({
    params: { pluginId: 'framed-card' },
    body: { visibility: 'private', tenants: ['acme'] },
  })
  const { installations } = await ada.client.listInstallations({ params: { tenantId: 'acme' } })
  const bundle = installations.find(({ pluginId }) => pluginId === 'framed-card')?.bundle
  expect(bundle?.url).toContain('/~')
  const { url: entry, files } = bundle ?? expect.fail('it has a frontend')
  const page = await sandbox.visit()
  const url = new URL('frame.html', entry).href
  const frame = await show(page, { ...whole(), source: { url, entry, files, exportName: 'FramedCard' } })
  await frame.getByRole('heading', { name: 'Welcome to our shop, Ann!' }).waitFor()
  const width = () => frame.getByRole('img').evaluate((image) => (image as HTMLImageElement).naturalWidth)
  await expect.poll(width).toBe(64)
})
