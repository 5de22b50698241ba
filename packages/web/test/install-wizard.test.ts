import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishGood } from '../../cli/test/publish-good.ts'
import { check, openSite, type Site } from './open-site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
  await publishGood(site, { manifest: { id: 'base-plugin', name: 'Base plugin' } })
  for (const version of ['1.0.0', '1.1.0']) {
    await publishGood(site, {
      manifest: {
        id: 'parcel-desk',
        name: 'Parcel desk',
        version,
        requiredPermissions: ['orders:read', 'products:read'],
        pricing: { type: 'paid', amount: 9.9, currency: 'EUR', interval: 'month' },
        dependencies: { 'base-plugin': '^1.0.0' },
        tour: [
          { title: 'The desk', text: 'Here parcels arrive.' },
          { title: 'The shelf', text: 'There they wait.' },
        ],
        configSchema: {
          type: 'object',
          required: ['sender', 'token', 'depot'],
          properties: {
            sender: { type: 'string', title: 'Sender', format: 'email', description: 'Who is written on the parcel.' },
            token: { type: 'string', title: 'Access token', secret: true },
            weight: { type: 'integer', title: 'Greatest weight', minimum: 1, maximum: 40, default: 20 },
            speed: { type: 'string', title: 'Speed', enum: ['slow', 'fast'], default: 'slow' },
            insured: { type: 'boolean', title: 'Insured' },
            labels: { type: 'array', title: 'Labels', items: { type: 'string', pattern: '^[a-z]{1,10}$' } },
            days: { type: 'array', title: 'Days', items: { type: 'string', enum: ['Monday', 'Friday'] } },
            depot: {
              type: 'object',
              title: 'Depot',
              required: ['code'],
              properties: { code: { type: 'string', title: 'Code', pattern: '^D[0-9]{1,4}$' } },
            },
          },
        },
      },
    })
  }
})
afterAll(() => site?.close())

const wizard = (page: Awaited<ReturnType<Site['visit']>>) => ({
  at: (name: string) => page.getByRole('heading', { level: 2, name, exact: true }).waitFor(),
  go: (name: string) => page.getByRole('button', { name, exact: true }).click(),
  isFocused: (label: string) => page.getByLabel(label).evaluate((field) => field === document.activeElement),
})

test('a version runs where everything that it needs is there, and the page hears when it is', async () => {
  const page = await site.visit('/plugins/parcel-desk/install', { as: site.ada })
  // What it needs is not there; a step that is not open leads back.
  await page.getByText('The plugin base-plugin ^1.0.0; not installed').waitFor()
  expect(await page.getByLabel('Version').inputValue()).toBe('1.1.0')
  expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true)
  await check(page)
  await page.goto('/plugins/parcel-desk/install?step=summary')
  await page.waitForURL(/step=version/)
  await site.ada.client.installPlugin({
    params: { tenantId: 'acme', pluginId: 'base-plugin' },
    body: { grantedPermissions: ['orders:read'] },
  })

  await page.getByText('1.0.0 is installed').waitFor()
})

test('what is missing or mistyped is said at its field, and the browser walks the steps', async () => {
  const page = await site.visit('/plugins/parcel-desk/install', { as: site.ada })
  const { at, go, isFocused } = wizard(page)
  await page.getByLabel('Version').selectOption('1.0.0')
  await go('Continue')
  await at('Configuration')
  await go('Continue')
  await page.getByText('This value is needed.').first().waitFor()
  await expect.poll(() => isFocused('Sender')).toBe(true)
  await check(page)

  await page.getByLabel('Sender').fill('desk@example.com')
  await page.getByLabel('Access token').fill('t0p-secret')
  await page.getByLabel('Greatest weight').fill('many')
  await page.getByLabel('Speed').selectOption('fast')
  await page.getByLabel('Labels').fill('red\nDark Blue')
  await page.getByLabel('Friday').check()
  await page.getByLabel('Code').fill('D12')
  await go('Continue')
  await page.getByText('This must be a number.').waitFor()
  await page.getByLabel('Greatest weight').fill('30')
  await go('Continue')
  await at('Summary')
  await page.getByText('€9.90 a month').waitFor()
  await page.getByText('api.example.com').waitFor()
  expect(await page.locator('main').textContent()).not.toContain('t0p-secret')
  await go('Install')
  await page.getByText('It does not work without each of them').waitFor()

  // The browser's own way back and forward walks the steps; typed values stay, a secret is never stored.
  await page.goBack()
  await at('Configuration')
  expect(await page.getByLabel('Access token').inputValue()).toBe('t0p-secret')
  await page.goForward()
  await at('Summary')
  expect(await page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).not.toContain('t0p-secret')
  await page.reload()
  await page.waitForURL(/step=configuration/)
  expect(await page.getByLabel('Sender').inputValue()).toBe('desk@example.com')
  expect(await page.getByLabel('Access token').inputValue()).toBe('')
})

test('a refusal is said at its field, and a session that ends costs nothing that was typed', async () => {
  const { keyId, ...eve } = await site.person('eve', 'tenant-admin', { tenantId: 'acme' })
  const page = await site.visit('/plugins/parcel-desk/install', { as: eve })
  const { at, go, isFocused } = wizard(page)
  await page.getByLabel('Version').selectOption('1.0.0')
  await go('Continue')
  await page.getByLabel('Sender').fill('desk@example.com')
  await page.getByLabel('Labels').fill('red\nDark Blue')
  await page.getByLabel('Friday').check()
  await page.getByLabel('Code').fill('D12')
  await page.getByLabel('Access token').fill('t0p-secret')
  await go('Continue')
  await page.getByLabel('See totals and numbers of orders').check()
  await page.getByLabel('See products, prices and stock').check()

  // What only the registry can see is said at its field.
  await go('Install')
  await page.waitForURL(/step=configuration/)
  await page.getByText('must match').waitFor()
  await expect.poll(() => isFocused('Labels')).toBe(true)
  await page.getByLabel('Labels').fill('red\nblue')
  await go('Continue')

  // The session ends in the middle.
  await site.root.client.revokeKey({ params: { keyId } })
  await go('Install')
  const dialog = page.getByRole('dialog', { name: 'Sign in to go on' })
  await dialog.getByLabel('Key or token').fill(site.ada.key)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await at('Installation')
  await go('Try again')
  await page.getByText('Announced to your platform').waitFor()
  await page.getByText('The registry has recorded it').waitFor()
  const { installations } = await site.ada.client.listInstallations({ params: { tenantId: 'acme' } })
  expect(installations.find(({ pluginId }) => pluginId === 'parcel-desk')).toMatchObject({
    version: '1.0.0',
    configuration: {
      sender: 'desk@example.com',
      weight: 20,
      speed: 'slow',
      insured: false,
      labels: ['red', 'blue'],
      days: ['Friday'],
      depot: { code: 'D12' },
    },
    secrets: ['token'],
    grantedPermissions: ['orders:read', 'products:read'],
  })

  await go('Get started')
  await page.getByText('Drag the card onto a page and write your greeting.').waitFor()
  await go('Take a short tour')
  await page.getByRole('dialog').getByText('Here parcels arrive.').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('dialog').getByText('There they wait.').waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  expect(await page.evaluate('Object.keys(sessionStorage).join()')).not.toContain('plexica-install')
  await page.getByRole('link', { name: 'Go to my plugins' }).click()
  await page.getByRole('link', { name: 'Parcel desk' }).waitFor()
})

test('a plugin that is there already is said to be, and whoever may not install sees no wizard', async () => {
  const page = await site.visit('/plugins/base-plugin/install', { as: site.ada, language: 'it' })
  await page.getByText('La versione 1.0.0 è già installata').waitFor()
  const user = await site.person('una', 'tenant-user', { tenantId: 'acme' })
  const others = await site.visit('/plugins/base-plugin/install', { as: user })
  await others.getByRole('heading', { name: 'This page is not for this account' }).waitFor()
})
