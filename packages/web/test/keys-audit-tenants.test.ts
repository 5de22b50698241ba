import { createClient } from '@plexica/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { check, openSite, type Site } from './open-site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

test('somebody makes a narrowed key, sees it once, and revokes it', async () => {
  const page = await site.visit('/', { as: site.ann })
  await page.getByRole('button', { name: 'Signed in as ann' }).click()
  await page.getByRole('link', { name: 'Keys' }).click()
  await page.getByRole('button', { name: 'Make a key' }).click()
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByLabel('Role').getByRole('option').allTextContents()).toEqual(['Publisher'])
  await dialog.getByLabel('Description').fill('The pipeline')
  await dialog.getByLabel('Only for these plugins').fill('greeting-card, Wrong One')
  await dialog.getByLabel('Narrow it to some permissions').check()
  await dialog.getByLabel('plugin:publish').check()
  await dialog.getByRole('button', { name: 'Make the key' }).click()
  await dialog.getByText('Some of these are no ids of plugins.').waitFor()
  await check(page)
  await dialog.getByLabel('Only for these plugins').fill('greeting-card')
  await dialog.getByRole('button', { name: 'Make the key' }).click()

  const secret = await dialog.getByLabel('Key', { exact: true }).inputValue()
  const client = createClient({ url: site.url, token: secret })
  expect(await client.whoami()).toMatchObject({
    subject: 'ann',
    permissions: ['plugin:publish'],
    plugins: ['greeting-card'],
  })
  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  const row = page.getByRole('row').filter({ hasText: 'The pipeline' })
  await row.getByText('only plugin:publish').waitFor()
  expect(await page.content()).not.toContain(secret)

  await row.getByRole('button', { name: 'Revoke the key The pipeline' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await row.getByText('Revoked').waitFor()
  await expect(client.whoami()).rejects.toMatchObject({ code: 'key_revoked' })
  expect(await page.getByText('ben').count()).toBe(0)
})

test('a super-admin makes keys for others, with the registry’s refusal beside what was typed', async () => {
  const page = await site.visit('/keys', { as: site.root })
  await page.getByRole('row').filter({ hasText: 'ben' }).waitFor()
  await check(page)
  await page.getByRole('button', { name: 'Make a key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('For', { exact: true }).fill('gil')
  await dialog.getByLabel('Role').selectOption('Tenant admin')
  await dialog.getByLabel('Tenant', { exact: true }).fill('globex')
  await dialog.getByRole('button', { name: 'Make the key' }).click()
  await dialog.getByRole('alert').filter({ hasText: 'globex' }).waitFor()
  expect(await dialog.getByLabel('For', { exact: true }).inputValue()).toBe('gil')
})

test('a super-admin lists tenants and adds one', async () => {
  const page = await site.visit('/desk/tenants', { as: site.root })
  await page.getByRole('row').filter({ hasText: 'Acme' }).waitFor()
  await page.getByRole('button', { name: 'Add a tenant' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Id').fill('acme')
  await dialog.getByLabel('Name').fill('Umbrella')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await dialog.getByRole('alert').filter({ hasText: 'acme' }).waitFor()
  await dialog.getByLabel('Id').fill('umbrella')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('cell', { name: 'Umbrella', exact: true }).waitFor()
  expect((await site.root.client.listTenants()).tenants.map(({ id }) => id)).toContain('umbrella')
  await check(page)
})

test('the audit is filtered, and the filters stand in the address', async () => {
  const { root, ben } = site
  await root.client.createTenant({ body: { id: 'initech', name: 'Initech' } })
  await expect(ben.client.createTenant({ body: { id: 'mine', name: 'Mine' } })).rejects.toMatchObject({ status: 403 })
  const page = await site.visit('/desk/audit', { as: root })
  await page.getByLabel('Operation').fill('create tenant')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.getByText('Nothing is named like this.').waitFor()
  await page.getByLabel('Operation').fill('createTenant')
  await page.getByLabel('Outcome').selectOption('Refused')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.waitForURL(/outcome=refused/)
  await page.getByRole('row').filter({ hasText: 'ben' }).getByText('not_allowed').waitFor()
  await page.getByRole('row').filter({ hasText: 'initech' }).waitFor({ state: 'detached' })
  await check(page)
  await page.goto('/desk/audit?tenantId=initech')
  await page.getByRole('row').filter({ hasText: 'createTenant' }).waitFor()
  expect(await page.getByLabel('Tenant').inputValue()).toBe('initech')
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await page.getByRole('row').filter({ hasText: 'createKey' }).first().waitFor()
})
