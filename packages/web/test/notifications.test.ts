import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishGood } from '../../cli/test/publish-good.ts'
import { check, openSite, type Site } from './open-site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
  await publishGood(site, {})
  await site.ada.client.installPlugin({
    params: { tenantId: 'acme', pluginId: 'greeting-card' },
    body: { grantedPermissions: ['orders:read'] },
  })
})
afterAll(() => site?.close())

test('an admin sees at the bell what happens, reads it and goes to it', async () => {
  const page = await site.visit('/notifications', { as: site.ada })
  await page.getByText('Nothing has happened yet').waitFor()
  await page.getByRole('link', { name: 'Notifications' }).waitFor()
  // The page follows the tenant's events before anything happens.
  await site.ada.client.disablePlugin({ params: { tenantId: 'acme', pluginId: 'greeting-card' } })
  await publishGood(site, { manifest: { version: '1.1.0' } })
  await site.ann.client.deprecatePlugin({
    params: { pluginId: 'greeting-card' },
    body: { reason: 'Use <b>post-card</b> instead.' },
  })

  await page.getByRole('link', { name: '2 unread notifications' }).waitFor()
  await page.getByRole('link', { name: 'The owners of greeting-card advise against it' }).waitFor()
  await page.getByText('Use <b>post-card</b> instead.').waitFor()
  await check(page)
  await page.getByRole('button', { name: /^Mark as read: The owners/ }).click()
  await page.getByRole('link', { name: '1 unread notification', exact: true }).waitFor()
  // What is unread stands first.
  await page.getByRole('article').first().getByText('greeting-card 1.1.0 is there').waitFor()
  await page.getByRole('switch', { name: 'Unread only' }).check()
  await page.waitForURL(/unread=true/)
  await page.getByRole('link', { name: 'greeting-card 1.1.0 is there' }).click()
  await page.waitForURL(/\/my-plugins\/greeting-card/)
  await page.getByRole('link', { name: 'Notifications' }).waitFor()
})

test('a publisher marks everything as read', async () => {
  const page = await site.visit('/notifications', { as: site.ann, language: 'it' })
  await page.getByText('greeting-card 1.1.0 è stato approvato').waitFor()
  await page.getByRole('button', { name: 'Segna tutte come lette' }).click()
  await page.getByRole('link', { name: 'Notifiche', exact: true }).waitFor()
  expect((await site.ann.client.listNotifications()).unread).toBe(0)
})
