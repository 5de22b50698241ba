import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishGood } from '../../cli/test/publish-good.ts'
import { check, openSite, type Person, type Site } from './open-site.ts'

const pluginId = 'greeting-card'
const path = `/plugins/${pluginId}?tab=reviews`

/** Milliseconds: a page is checked in six forms, on machines with more to do. */
const slow = 90_000

let site: Site
let uma: Person & { keyId: string }
let gil: Person
beforeAll(async () => {
  site = await openSite()
  await publishGood(site, {})
  await publishGood(site, { manifest: { id: 'busy-card', name: 'Busy card' } })
  uma = await site.person('uma', 'tenant-user', { tenantId: 'acme' })
  await site.root.client.createTenant({ body: { id: 'globex', name: 'Globex' } })
  gil = await site.person('gil', 'tenant-admin', { tenantId: 'globex' })
  for (const id of [pluginId, 'busy-card']) {
    const params = { tenantId: 'acme', pluginId: id }
    await site.ada.client.installPlugin({ params, body: { grantedPermissions: ['orders:read'] } })
  }
}, 60_000)
afterAll(() => site?.close())

test('a member of a tenant that has the plugin rates it by keyboard, edits and deletes it by pointer', {
  timeout: slow,
}, async () => {
  const page = await site.visit(path, { as: uma })
  await page.getByText('Nobody has rated this plugin yet').waitFor()
  await page.getByRole('button', { name: 'Publish the review' }).click()
  await page.getByText('Choose one to five stars.').waitFor()
  // The focus stands on the first star.
  for (let star = 1; star < 4; star++) await page.keyboard.press('ArrowRight')
  expect(await page.getByRole('radio', { name: '4 stars' }).isChecked()).toBe(true)
  await page.getByRole('textbox', { name: 'Review' }).fill('**Good**, <script>window.hacked = 1</script>and quick')
  await page.getByRole('tab', { name: 'Preview' }).click()
  await page.locator('strong', { hasText: 'Good' }).waitFor()
  await page.getByRole('tab', { name: 'Write' }).click()
  await page.getByRole('button', { name: 'Publish the review' }).click()
  await page.getByText('Your review is published.').waitFor()
  await page.getByRole('heading', { name: 'You', exact: true }).waitFor()
  await page.getByRole('tab', { name: 'Reviews (1)' }).waitFor()
  await page.locator('dl').getByText('1 (100%)').waitFor()

  await page.getByRole('button', { name: 'Edit' }).click()
  await page.locator('label', { hasText: '5 stars' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('5.0', { exact: true }).waitFor()
  await check(page)
  const { ratings } = await site.ann.client.listRatings({ params: { pluginId } })
  expect(ratings.map(({ stars, review }) => ({ stars, review }))).toEqual([
    { stars: 5, review: '**Good**, <script>window.hacked = 1</script>and quick' },
  ])
  expect(await page.evaluate('window.hacked')).toBeUndefined()

  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Nobody has rated this plugin yet').waitFor()
})

test('whoever does not use the plugin is told why they cannot rate it', async () => {
  const nobody = await site.visit(path)
  await nobody.getByRole('link', { name: 'Sign in to rate it.' }).click()
  await nobody.getByLabel('Key or token').fill(gil.key)
  await nobody.getByRole('button', { name: 'Sign in' }).click()
  await nobody.getByText('Your tenant does not have this plugin installed.').waitFor()
  expect(await nobody.getByRole('radio').count()).toBe(0)
  const owner = await site.visit(path, { as: site.ann })
  await owner.getByText('You are one of its owners.').waitFor()
  await expect(gil.client.ratePlugin({ params: { pluginId }, body: { stars: 1 } })).rejects.toMatchObject({
    code: 'not_installed',
  })
})

test('a vote shows at once, and goes back when the registry refuses it', async () => {
  const rated = await uma.client.ratePlugin({ params: { pluginId }, body: { stars: 4, review: 'Calm.' } })
  const page = await site.visit(path, { as: site.ada })
  const helpful = page.getByRole('button', { name: /^Helpful/ })
  const pressed = () => helpful.getAttribute('aria-pressed')
  await page.getByRole('heading', { name: 'uma, of your tenant' }).waitFor()
  await helpful.click()
  await page.getByRole('button', { name: 'Helpful (1)', exact: true }).waitFor()
  const counted = async () => (await site.ann.client.listRatings({ params: { pluginId } })).ratings[0]?.helpfulCount
  await expect.poll(counted).toBe(1)

  let refuse = () => {}
  const seen = new Promise<void>((resolve) => {
    refuse = resolve
  })
  await page.route(`**/ratings/${rated.id}/vote`, async (route) => {
    await seen
    await route.fulfill({ status: 404, json: problem })
  })
  const less = page.getByRole('button', { name: /^Not helpful/ })
  await less.click()
  await page.getByRole('button', { name: 'Not helpful (1)' }).waitFor()
  expect(await pressed()).toBe('false')
  refuse()
  await page.getByText('This rating was deleted.').waitFor()
  expect(await pressed()).toBe('true')
  expect(await less.getAttribute('aria-pressed')).toBe('false')
  await page.unroute(`**/ratings/${rated.id}/vote`)
  await helpful.click()
  await expect.poll(counted).toBe(0)
})

const problem = {
  type: 'about:blank',
  title: 'Not there',
  status: 404,
  code: 'rating_not_found',
  detail: 'This rating was deleted.',
  fix: 'Load the page again.',
  requestId: 'test',
}

test('owners reply, change the reply and take it back', { timeout: slow }, async () => {
  const page = await site.visit(path, { as: site.ann })
  await page.getByRole('button', { name: 'Reply' }).click()
  const text = page.getByRole('textbox', { name: 'Reply' })
  await page.locator('textarea:focus').waitFor()
  await page.getByRole('button', { name: 'Publish the reply' }).click()
  await page.getByText('Write a reply.').waitFor()
  await text.fill('Thank **you**.')
  await page.getByRole('button', { name: 'Publish the reply' }).click()
  await page.getByRole('heading', { name: 'Reply of the owners' }).waitFor()
  await page.getByRole('button', { name: 'Edit the reply' }).click()
  await text.fill('Thanks.')
  await page.getByRole('button', { name: 'Publish the reply' }).click()
  const stranger = await site.visit(path)
  await stranger.getByText('Thanks.').waitFor()
  await stranger.getByRole('heading', { name: 'Somebody who uses it' }).waitFor()
  expect(await stranger.getByRole('button', { name: /Report|Reply|Helpful/ }).count()).toBe(0)
  await check(stranger)
  await page.getByRole('button', { name: 'Delete the reply' }).click()
  await page.getByText('The reply is deleted.').waitFor()
  await page.getByRole('heading', { name: 'Reply of the owners' }).waitFor({ state: 'detached' })
})

test('a report reaches the moderators with its reason', { timeout: slow }, async () => {
  const page = await site.visit(path, { as: gil })
  await page.getByRole('button', { name: 'Report' }).click()
  const dialog = page.getByRole('dialog', { name: 'Report this review' })
  await dialog.getByLabel('It is not about the plugin').check()
  await dialog.getByLabel('What should the moderator know?').fill('It is about the weather.')
  await check(page)
  await dialog.getByRole('button', { name: 'Send the report' }).click()
  await page.getByText('A moderator will look at it.').waitFor()
  const { ratings } = await site.root.client.listRatingsToModerate()
  expect(ratings.flatMap(({ reports }) => reports)).toMatchObject([
    { reason: 'off-topic', note: 'It is about the weather.', by: { subject: 'gil' } },
  ])
})

test('a review that a moderator has hidden says so to its author alone', async () => {
  const { rating } = await uma.client.getOwnRating({ params: { pluginId } })
  const params = { ratingId: rating?.id ?? '' }
  await site.root.client.moderateRating({ params, body: { action: 'hide', reason: 'It is about the weather.' } })
  const page = await site.visit(path, { as: uma })
  await page.getByText('A moderator has hidden your review').waitFor()
  await page.getByText('It is about the weather.').waitFor()
  expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0)
})

test('many reviews are sorted, filtered and paged in the address', { timeout: slow }, async () => {
  const raters = Array.from({ length: 12 }, (_, at) => site.person(`rater-${at}`, 'tenant-user', { tenantId: 'acme' }))
  for (const [at, rater] of (await Promise.all(raters)).entries()) {
    const body = { stars: at === 0 ? 1 : 5, review: `${at} ${'x'.repeat(at === 1 ? 5_000 - 2 : 10)}` }
    await rater.client.ratePlugin({ params: { pluginId: 'busy-card' }, body })
  }
  const page = await site.visit('/plugins/busy-card?tab=reviews', { as: site.ada })
  const first = page.getByRole('article').getByRole('article').first()
  await first.getByText('rater-11').waitFor()
  await page.getByText('11 (92%)').waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
  await first.getByText('rater-1,').waitFor()
  await check(page)
  await page.getByLabel('Sort by').selectOption('Most stars')
  await page.getByLabel('Stars', { exact: true }).selectOption('1 star')
  await first.getByText('rater-0').waitFor()
  expect(new URL(page.url()).search).toBe('?tab=reviews&sort=rating&stars=1')
  await page.getByLabel('Stars', { exact: true }).selectOption('3 stars')
  await page.getByRole('button', { name: 'Show all reviews' }).click()
  await first.getByText('rater-11').waitFor()
})

test('what was typed outlives a session that ends', async () => {
  const page = await site.visit('/plugins/busy-card?tab=reviews', { as: uma })
  await page.locator('label', { hasText: '3 stars' }).click()
  await page.getByRole('textbox', { name: 'Review' }).fill('Half of it is good.')
  await site.root.client.revokeKey({ params: { keyId: uma.keyId } })
  await page.getByRole('button', { name: 'Publish the review' }).click()
  const again = await site.person('uma', 'tenant-user', { tenantId: 'acme' })
  const dialog = page.getByRole('dialog', { name: 'Sign in to go on' })
  await dialog.getByLabel('Key or token').fill(again.key)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Publish the review' }).click()
  await page.getByText('Your review is published.').waitFor()
  const { rating } = await again.client.getOwnRating({ params: { pluginId: 'busy-card' } })
  expect(rating).toMatchObject({ stars: 3, review: 'Half of it is good.' })
})
