import type { Browser, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTenants, type Tenants } from '../../registry/test/start-tenants.ts'
import { eventually } from './eventually.ts'
import { launchBrowser } from './find-browser.ts'
import { type PageFixture, servePage } from './serve-page.ts'

// One page beside the real registry, from the first plugin to the last: what its administrators do is what the page shows.

let browser: Browser
let tenants: Tenants
let served: PageFixture
let page: Page
/** What the registry said to what the page told. */
const answers: Response[] = []

beforeAll(async () => {
  ;[browser, tenants] = await Promise.all([launchBrowser(), startTenants()])
  served = await servePage({ registryUrl: tenants.registry.url, importMapBy: 'nonce' })
  const { key } = await tenants.registry.person('a page', 'tenant-user', 'acme')
  for (const version of ['1.0.0', '2.0.0']) {
    await tenants.publish('notes', version, {
      components: [{ name: 'Card', export: 'GreetingCard', extensionPoint: 'dashboard.widgets' }],
    })
  }
  page = await (await browser.newContext()).newPage()
  page.on('response', (response) => {
    if (response.url().endsWith('/telemetry') && response.request().method() === 'POST') answers.push(response)
  })
  const query = { registry: tenants.registry.url, tenant: 'acme', token: key, timeout: '10000', pollEvery: '600000' }
  const streaming = page.waitForResponse((response) => response.url().endsWith('/events'))
  await page.goto(`${served.url}?${new URLSearchParams(query)}`)
  await streaming
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await Promise.all([served?.close(), tenants?.registry.stop()])
})

const notes = { params: { tenantId: 'acme', pluginId: 'notes' } }
const standing = () =>
  page.evaluate(() => globalThis.host.plugins().map(({ id, version, state }) => `${id} ${version} ${state.status}`))

test('what the tenant’s administrators do reaches the page by the event stream', async () => {
  const { ada } = tenants
  await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }))
  expect(await standing()).toEqual([])
  await tenants.install('notes', { version: '1.0.0' })
  await eventually(standing).toEqual(['notes 1.0.0 ready'])
  await ada.client.updateInstallation({ ...notes, body: { version: '2.0.0' } })
  await eventually(standing).toEqual(['notes 2.0.0 ready'])
  await ada.client.disablePlugin(notes)
  await eventually(standing).toEqual([])
  await ada.client.enablePlugin(notes)
  await eventually(standing).toEqual(['notes 2.0.0 ready'])
  expect(await page.evaluate(() => 'sameDocument' in globalThis)).toBe(true)
})

test('the registry takes what the page tells', async () => {
  const last = page.waitForEvent('response', (response) => response === answers.at(-1))
  await page.evaluate(() => globalThis.host.stop())
  await last
  expect(answers.map((answer) => answer.status())).toEqual(answers.map(() => 204))
  const reports = answers.flatMap((answer) => JSON.parse(answer.request().postData() ?? '').reports)
  const loads = (version: string) =>
    reports.filter((report) => report.version === version).flatMap((report) => report.loads ?? [])
  expect([loads('1.0.0').length, loads('2.0.0').length]).toEqual([1, 2])
})
