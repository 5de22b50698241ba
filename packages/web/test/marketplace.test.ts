import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { runProgram } from '../../../scripts/programs.ts'
import { publishGood } from '../../cli/test/publish-good.ts'
import { check, openSite, type Site } from './open-site.ts'

const program = join(import.meta.dirname, '../../registry/bin/plexica-registry.cjs')
const hostileName = '<img src=x onerror=alert(1)> متجر الطلبات'

// Looking at a page in six ways is the work of some seconds, of which a busy machine makes many.
vi.setConfig({ testTimeout: 90_000 })

let folder: string
let site: Site
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plexica-marketplace-'))
  const settings = {
    PLEXICA_DATABASE_URL: `sqlite:${join(folder, 'plexica.db')}`,
    PLEXICA_STORAGE_URL: `file:${join(folder, 'blobs')}`,
  }
  site = await openSite(settings)
  const corpus = join(folder, 'corpus.jsonl')
  await writeFile(corpus, seeded().join('\n'))
  await runProgram([program, 'seed', '--from', corpus], { env: { ...process.env, ...settings } })
  await publishGood(site, { manifest: { id: 'order-map', name: 'Order map', category: 'shipping' } })
  await publishGood(site, {
    manifest: {
      id: 'hostile-words',
      name: hostileName,
      description: `<script>alert(1)</script> ${'long'.repeat(60)}`,
      pricing: { type: 'paid', amount: 9.5, currency: 'EUR', interval: 'month' },
    },
  })
  const params = { tenantId: 'acme', pluginId: 'order-map' }
  await site.ada.client.installPlugin({ params, body: { grantedPermissions: ['orders:read'] } })
  const reason = 'Use the order map.'
  await site.root.client.deprecatePlugin({ params: { pluginId: 'hostile-words' }, body: { reason } })
})
afterAll(async () => {
  await site?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Thirty plugins, three pages of which are two: those of design are rated best, downloads fall from the first on. */
function seeded(): string[] {
  return Array.from({ length: 30 }, (_, index) =>
    JSON.stringify({
      id: `tracker-${index + 1}`,
      name: `Tracker ${index + 1}`,
      description: 'Follows parcels from the warehouse to the door.',
      category: index % 3 === 0 ? 'design' : 'analytics',
      tags: [],
      versions: ['1.0.0'],
      downloads: 100_000_000 - index * 1_000_000,
      rating: index % 3 === 0 ? 5 : 2,
    }),
  )
}

test('the front page shows what others have, and to a tenant what it has', async () => {
  const page = await site.visit('/', { as: site.ada })
  await page.getByRole('region', { name: 'Popular' }).getByRole('article').first().waitFor()
  const list = page.locator('section').filter({ has: page.getByRole('heading', { name: 'All plugins' }) })
  await list.getByText('32 plugins', { exact: true }).waitFor()
  await check(page)
  await page.getByRole('combobox', { name: 'Search plugins' }).fill('order m')
  await page.getByText('1 plugin', { exact: true }).waitFor()
  const card = page.getByRole('article').filter({ hasText: 'Order map' })
  await card.getByText('Installed').waitFor()
  expect(await card.getByRole('img', { name: 'The card with a greeting' }).count()).toBe(1)
  expect(await card.getByRole('link').count()).toBe(1)
  expect(await page.getByRole('region', { name: 'Popular' }).count()).toBe(0)
})

test('who searches needs the keyboard alone', async () => {
  const page = await site.visit('/')
  const field = page.getByRole('combobox', { name: 'Search plugins' })
  await page.getByRole('heading', { name: 'Popular' }).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('Order m')
  await page.getByRole('option', { name: 'Order map' }).waitFor()
  await page.getByText('1 plugin', { exact: true }).waitFor()
  expect(await field.getAttribute('aria-expanded')).toBe('true')
  await check(page)
  await page.keyboard.press('ArrowDown')
  const chosen = await field.getAttribute('aria-activedescendant')
  expect(await page.locator(`[id="${chosen}"]`).getAttribute('aria-selected')).toBe('true')
  // Escape closes the list, and once more it empties the field.
  await page.keyboard.press('Escape')
  expect(await field.getAttribute('aria-expanded')).toBe('false')
  expect(await field.inputValue()).toBe('Order m')
  await page.keyboard.press('ArrowDown')
  await page.getByRole('option', { name: 'Order map', selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/plugins/order-map')
  await page.goBack()
  await page.getByRole('heading', { name: 'Results for “⁨Order m⁩”' }).waitFor()
  expect(await field.inputValue()).toBe('Order m')
  // A search is one step, however many letters it took.
  await page.goBack()
  await page.getByRole('heading', { name: 'All plugins' }).waitFor()
  expect(await field.inputValue()).toBe('')
})

test('filters tell how much they leave, stand in the address and go away again', async () => {
  const page = await site.visit('/?q=tracker')
  await page.getByText('30 plugins', { exact: true }).waitFor()
  await page.getByRole('checkbox', { name: 'Design 10' }).check()
  await page.getByText('10 plugins', { exact: true }).waitFor()
  await page.getByRole('checkbox', { name: 'Analytics 20' }).waitFor()
  await page.getByRole('radio', { name: '4.0 of 5 stars & up' }).check()
  await page.getByRole('link', { name: 'Remove filter 4 stars & up' }).waitFor()
  await page.reload()
  await page.getByRole('checkbox', { name: 'Design 10', checked: true }).waitFor()
  await page.getByRole('link', { name: 'Remove filter Design' }).click()
  await page.getByRole('checkbox', { name: 'Design', checked: false }).waitFor()
  await page.getByRole('link', { name: 'Clear all filters' }).click()
  await page.getByText('30 plugins', { exact: true }).waitFor()
  expect(new URL(page.url()).search).toBe('?q=tracker')
})

test('on a phone the filters are a sheet that holds the focus and gives it back', async () => {
  const page = await site.visit('/?q=tracker', { width: 360, dark: true })
  await page.getByText('30 plugins', { exact: true }).waitFor()
  const button = page.getByRole('button', { name: 'Filters' })
  await button.click()
  const sheet = page.getByRole('dialog', { name: 'Filters' })
  await sheet.getByRole('radio', { name: 'Paid 0' }).waitFor()
  await sheet.getByRole('checkbox', { name: 'Design' }).check()
  await sheet.getByRole('button', { name: 'Show 10 plugins' }).click()
  await page.getByRole('button', { name: 'Filters (1)' }).and(page.locator(':focus')).waitFor()
  await button.click()
  await check(page)
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
})

test('the list is sorted and turned over, and back leads to where one was', async () => {
  const page = await site.visit('/?q=tracker')
  const names = () => page.getByRole('article').getByRole('heading').allTextContents()
  await page.getByText('30 plugins', { exact: true }).waitFor()
  await page.getByLabel('Sort by').selectOption('Downloads')
  await page.waitForURL('**/?q=tracker&sortBy=downloads')
  await expect.poll(names).toEqual(Array.from({ length: 24 }, (_, index) => `Tracker ${index + 1}`))
  await page.getByRole('button', { name: 'Next' }).click()
  await expect.poll(names).toEqual(Array.from({ length: 6 }, (_, index) => `Tracker ${index + 25}`))
  expect(await page.locator(':focus').textContent()).toBe('Results for “⁨tracker⁩”')
  await page.reload()
  await page.getByText('25–30 of 30').waitFor()
  await page.goBack()
  await page.getByText('1–24 of 30').waitFor()
  await page.goBack()
  await page.waitForURL('**/?q=tracker')
  expect(await page.getByLabel('Sort by').inputValue()).toBe('relevance')
})

test('nothing found names what was looked for and the ways out', async () => {
  const page = await site.visit('/?q=zzyzx&priceType=paid')
  await page.getByRole('heading', { name: 'Nothing found for “⁨zzyzx⁩”' }).waitFor()
  await check(page)
  await page.getByRole('link', { name: 'Show all plugins' }).click()
  await page.getByText('32 plugins', { exact: true }).waitFor()
  expect(await page.getByRole('combobox', { name: 'Search plugins' }).inputValue()).toBe('')
  await page.goto('/?skip=480')
  await page.getByRole('link', { name: 'To the first page' }).click()
  await page.getByText('1–24 of 32').waitFor()
})

test('names that mean harm are texts', async () => {
  const page = await site.visit(`/?q=${encodeURIComponent('hostile words')}`)
  const card = page.getByRole('article').filter({ hasText: hostileName })
  await card.getByText('Deprecated').waitFor()
  await card.getByText('€9.50 / month').waitFor()
  expect(await card.locator('script, img[src="x"]').count()).toBe(0)
  await check(page)
})

test('a registry that does not answer is asked again', async () => {
  const page = await site.visit('/sign-in')
  await page.route('**/api/plugins/**', (route) => route.abort())
  await page.getByRole('link', { name: 'Marketplace' }).click()
  await page.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor()
  await page.unroute('**/api/plugins/**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('32 plugins', { exact: true }).waitFor()
})

test('the marketplace speaks Italian', async () => {
  const page = await site.visit('/?priceType=paid', { language: 'it' })
  await page.getByRole('link', { name: 'Togli il filtro A pagamento' }).waitFor()
  await page.getByText('1 plugin', { exact: true }).waitFor()
  expect(page.complaints).toEqual([])
})
