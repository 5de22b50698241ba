import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishGood } from '../../cli/test/publish-good.ts'
import { check, openSite, type Person, type Site } from './open-site.ts'

const manyVersions = 21
const longWord = 'w'.repeat(10_000)

/** Milliseconds: a page is checked in six forms, on machines with more to do. */
const slow = 90_000

let site: Site
let uma: Person
beforeAll(async () => {
  site = await openSite()
  uma = await site.person('uma', 'tenant-user', { tenantId: 'acme' })
  const screenshots = Array.from({ length: 3 }, (_, at) => ({
    path: 'assets/card.png',
    alt: `Picture ${at + 1}: a card`,
  }))
  await publishGood(site, {
    manifest: { screenshots, requiredPermissions: ['orders:read', 'orders:write', 'shipping:quote'] },
  })
  for (let minor = 1; minor < manyVersions; minor++) {
    await publishGood(site, {
      manifest: { version: `1.${minor}.0`, screenshots, requiredPermissions: ['orders:read'] },
    })
  }
  await publishGood(site, {
    manifest: {
      id: 'other-card',
      name: 'Other card',
      screenshots: [],
      icon: undefined,
      requiredPermissions: ['orders:read', 'orders:write', 'shipping:quote'],
      pricing: { type: 'paid', amount: 9.9, currency: 'EUR', interval: 'month' },
      demoUrl: 'https://demo.example.com/',
      dependencies: { 'greeting-card': '^1.0.0' },
    },
    files: { 'README.md': undefined },
  })
}, 120_000)
afterAll(() => site?.close())

test('whoever comes by reads what a plugin is, which versions it has and what it may do', {
  timeout: slow,
}, async () => {
  const page = await site.visit('/plugins/greeting-card')
  await page.getByRole('heading', { name: 'Greeting card' }).first().waitFor()
  expect(await page.title()).toBe('Greeting card · Plexica')
  await page.getByRole('heading', { name: 'Support' }).waitFor()
  expect(await page.getByRole('link', { name: 'Sign in to install' }).getAttribute('href')).toContain('greeting-card')
  expect(await page.getByRole('link', { name: 'Source code' }).getAttribute('rel')).toContain('noopener')
  expect(await page.getByRole('link', { name: 'Install', exact: true }).count()).toBe(0)
  await check(page)

  await page.getByRole('tab', { name: 'Versions' }).click()
  await page.getByRole('heading', { name: '1.20.0' }).waitFor()
  expect(new URL(page.url()).search).toBe('?tab=versions')
  await page.getByText('The card counts orders that are on their way.').waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('heading', { name: '1.0.0' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: '1.20.0' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Support' }).waitFor()
})

test('permissions stand in plain words, beside hosts, dependencies and what the package weighs', {
  timeout: slow,
}, async () => {
  const page = await site.visit('/plugins/other-card?tab=permissions')
  await page.getByText('See totals and numbers of orders').waitFor()
  await page.getByText('Give delivery prices to the checkout').waitFor()
  await page.getByText('api.example.com').waitFor()
  await page.getByText('€9.90 a month').waitFor()
  await page.getByText('Download size').waitFor()
  await check(page)
  await page.getByRole('tabpanel').getByRole('link', { name: 'greeting-card' }).click()
  await page.getByRole('heading', { name: 'Greeting card' }).first().waitFor()
})

test('permissions that the platform does not describe are read from their names', async () => {
  const page = await site.visit('/plugins/other-card')
  await page.route('**/api/platform', (route) => route.fulfill({ status: 404, json: noPlatform }))
  await page.getByRole('tab', { name: 'Permissions & quality' }).click()
  await page.getByText('Change orders', { exact: true }).waitFor()
  await page.getByText('Named by the platform; it says no more about it.').waitFor()
})

const noPlatform = {
  type: 'about:blank',
  title: 'None',
  status: 404,
  code: 'route_not_found',
  detail: 'None.',
  fix: '',
}

test('a version that was withdrawn says why', async () => {
  const params = { pluginId: 'greeting-card', version: '1.19.0' }
  await site.ann.client.yankVersion({ params, body: { reason: 'It forgot to greet.' } })
  const page = await site.visit('/plugins/greeting-card?tab=versions')
  await page.getByText('It forgot to greet.').waitFor()
  await page.getByText('Withdrawn', { exact: true }).waitFor()
})

test('screenshots open large and follow the arrow keys; what does not come leaves its words', {
  timeout: slow,
}, async () => {
  const page = await site.visit('/plugins/greeting-card')
  const second = page.getByRole('button', { name: 'Enlarge: Picture 2: a card' })
  await second.click()
  const viewer = page.getByRole('dialog', { name: 'Screenshot 2 of 3' })
  await viewer.getByText('Picture 2: a card').waitFor()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('dialog', { name: 'Screenshot 3 of 3' }).getByText('Picture 3: a card').waitFor()
  expect(await page.getByRole('button', { name: 'Next screenshot' }).isDisabled()).toBe(true)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await viewer.waitFor()
  await check(page)
  await page.keyboard.press('Escape')
  await viewer.waitFor({ state: 'detached' })
  await page.locator('[aria-label="Enlarge: Picture 2: a card"]:focus').waitFor()

  await page.route('**/assets/card.png', (route) => route.fulfill({ status: 404 }))
  await page.reload()
  await second.getByText('Picture 2: a card').waitFor()
})

test('a plugin without pictures has no gallery, and one with two hundred scrolls in its own place', async () => {
  const page = await site.visit('/plugins/other-card', { width: 360 })
  await page.getByText('no description beyond the one above').waitFor()
  expect(await page.getByRole('heading', { name: 'Screenshots' }).count()).toBe(0)

  await page.route('**/api/plugins/other-card', async (route) => {
    const answer = await route.fetch()
    const [screenshot] = (await site.ann.client.getPlugin({ params: { pluginId: 'greeting-card' } })).screenshots
    await route.fulfill({
      response: answer,
      json: { ...(await answer.json()), screenshots: Array(200).fill(screenshot) },
    })
  })
  await page.reload()
  await page
    .getByRole('button', { name: /^Enlarge/ })
    .last()
    .click()
  await page.getByRole('dialog', { name: 'Screenshot 200 of 200' }).waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
})

test('hostile words stay words', { timeout: slow }, async () => {
  const readme = [
    '# مرحبا',
    '<script>window.hacked = 1</script>',
    '<img src="x" onerror="window.hacked = 2" alt="Nothing to load">',
    '![From elsewhere](https://tracker.example.com/pixel.png)',
    '![Of the package](assets/card.png)',
    '[Press me](javascript:window.hacked=3) and [sign in](/sign-in)',
    '<iframe src="https://example.com"></iframe><form action="https://example.com"><input name="key"></form>',
    '<style>body { display: none }</style><a href="https://example.com" onclick="window.hacked = 4">Outside</a>',
    '- [x] done',
    longWord,
  ].join('\n\n')
  await publishGood(site, {
    manifest: {
      id: 'hostile-card',
      name: 'كارت <script>alert(1)</script>',
      description: 'd'.repeat(300),
      author: { name: '<b>م</b>', url: 'https://example.com' },
      screenshots: [{ path: 'assets/card.png', alt: 'ש'.repeat(200) }],
    },
    files: { 'README.md': readme },
  })
  const page = await site.visit('/plugins/hostile-card')
  await page.getByRole('heading', { name: 'كارت <script>alert(1)</script>', level: 1 }).waitFor()
  await page.getByRole('link', { name: 'Outside' }).waitFor()
  const ownPicture = page.getByRole('img', { name: 'Of the package' })
  await ownPicture.scrollIntoViewIfNeeded()
  const shownWidth = 'document.querySelector("[alt=\'Of the package\']").naturalWidth'
  await expect.poll(() => page.evaluate(shownWidth)).toBe(1280)
  expect(await page.getByRole('img', { name: 'From elsewhere' }).getAttribute('src')).toBeNull()
  expect(await page.locator('a[href]', { hasText: /Press me|^sign in$/ }).count()).toBe(0)
  await page.getByText('Press me').click()
  await check(page)
  expect(await page.evaluate('window.hacked')).toBeUndefined()
  expect(await page.locator('iframe, form, main style, main script').count()).toBe(0)
})

test('the head offers what each person may do, and says how others get the plugin', async () => {
  const member = await site.visit('/plugins/greeting-card', { as: uma })
  await member.getByText('Ask an admin of your tenant').waitFor()
  const page = await site.visit('/plugins/greeting-card', { as: site.ada })
  await page.getByRole('link', { name: 'Install', exact: true }).waitFor()
  const params = { tenantId: 'acme', pluginId: 'greeting-card' }
  const grantedPermissions = ['orders:read', 'orders:write', 'shipping:quote']
  await site.ada.client.installPlugin({ params, body: { version: '1.0.0', grantedPermissions } })
  await page.reload()
  await page.getByRole('link', { name: 'Update to 1.20.0' }).waitFor()
  await page.getByRole('link', { name: 'Installed · Configure' }).waitFor()
  await member.reload()
  await member.getByText('Your tenant has version 1.0.0.').waitFor()
  expect(await member.getByRole('link', { name: /Configure|Update/ }).count()).toBe(0)
  const owner = await site.visit('/plugins/greeting-card', { as: site.ann })
  await owner.getByRole('link', { name: 'Manage this plugin' }).waitFor()
})

test('a deprecated plugin says why and what to use instead', { timeout: slow }, async () => {
  const body = { reason: 'Nobody looks after it.', successor: 'greeting-card' }
  await site.ann.client.deprecatePlugin({ params: { pluginId: 'other-card' }, body })
  const page = await site.visit('/plugins/other-card')
  await page.getByText('Nobody looks after it.').waitFor()
  await page.getByText('Deprecated', { exact: true }).waitFor()
  await check(page)
  await page.getByRole('link', { name: 'Use greeting-card instead' }).click()
  await page.getByRole('heading', { name: 'Greeting card' }).first().waitFor()
})

test('a plugin that is not there, or not for whoever asks, is not there', async () => {
  const params = { pluginId: 'hostile-card' }
  await site.ann.client.changePlugin({ params, body: { visibility: 'private', tenants: [] } })
  for (const id of ['hostile-card', 'never-made', 'No!Plugin']) {
    const page = await site.visit(`/plugins/${id}`)
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/plugins/${id}`)
    await page.close()
  }
  const owner = await site.visit('/plugins/hostile-card', { as: site.ann })
  await owner.getByText('Private', { exact: true }).waitFor()
})
