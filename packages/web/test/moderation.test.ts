import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishGood } from '../../cli/test/publish-good.ts'
import { check, openSite, type Site } from './open-site.ts'

let site: Site
const params = { pluginId: 'greeting-card' }
let ratingId: string

beforeAll(async () => {
  site = await openSite()
  await publishGood(site, {})
  const { ada, ben } = site
  await ada.client.installPlugin({
    params: { tenantId: 'acme', ...params },
    body: { grantedPermissions: ['orders:read'], configuration: {} },
  })
  const rated = await ada.client.ratePlugin({ params, body: { stars: 1, review: 'Buy **my** cards! <b>now</b>' } })
  ratingId = rated.id
  await ben.client.reportRating({ params: { ...params, ratingId }, body: { reason: 'spam', note: 'An advertisement' } })
})
afterAll(() => site?.close())

test('a reported review shows with what was said against it', async () => {
  const page = await site.visit('/desk/moderation', { as: site.root })
  const item = page.getByRole('listitem').filter({ hasText: 'About greeting-card' })
  await item.getByText('ada of acme').waitFor()
  await item.getByText('Spam', { exact: true }).waitFor()
  await item.getByText('An advertisement').waitFor()
  // Its author’s HTML is no part of it, its Markdown is.
  await item.locator('strong', { hasText: 'my' }).waitFor()
  await check(page)
})

test('it is hidden for a reason, shows again, and a report is dismissed', async () => {
  const page = await site.visit('/desk/moderation', { as: site.root })
  await page.getByRole('button', { name: 'Hide the review of greeting-card' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Hide' }).click()
  await dialog.getByText('Say why: the author reads it.').waitFor()
  await dialog.getByLabel('Reason').fill('It advertises.')
  await dialog.getByRole('button', { name: 'Hide' }).click()
  await page.getByRole('heading', { name: 'Nothing to look at' }).waitFor()
  expect((await site.ben.client.listRatings({ params })).total).toBe(0)

  await page.getByLabel('Show', { exact: true }).selectOption('Hidden')
  await page.getByText('Hidden by root').waitFor()
  await page.getByText('It advertises.').waitFor()
  await page.getByRole('button', { name: 'Show it again' }).click()
  await page.getByText('No review is hidden.').waitFor()
  expect((await site.ben.client.listRatings({ params })).total).toBe(1)

  await site.root.client.reportRating({ params: { ...params, ratingId }, body: { reason: 'abuse' } })
  await page.getByLabel('Show', { exact: true }).selectOption('Reported')
  await page.getByText('Abuse', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Dismiss the reports' }).click()
  await page.getByRole('heading', { name: 'Nothing to look at' }).waitFor()
  expect((await site.ben.client.listRatings({ params })).total).toBe(1)
})
