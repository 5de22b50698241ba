import { afterAll, beforeAll, expect, test } from 'vitest'
import { check, openSite, type Site } from './open-site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

test('somebody signs in with a key, and out again', async () => {
  const page = await site.visit('/sign-in')
  await check(page)
  await page.getByLabel('Key or token').fill(site.ada.key)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Signed in as ada' }).click()
  await page.getByText('Tenant admin · acme').waitFor()
  expect(await page.evaluate('document.cookie')).toBe('')
  expect(await page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toContain(site.ada.key)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: 'Sign in' }).waitFor()
})

test('a wrong key is explained, and what was typed stays', async () => {
  const page = await site.visit('/sign-in')
  await page.getByLabel('Key or token').fill('plx_wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').filter({ hasText: 'mistyped' }).waitFor()
  expect(await page.getByLabel('Key or token').inputValue()).toBe('plx_wrong')
  await check(page)
})

test('the pages speak Italian to those who do, or choose it', async () => {
  const page = await site.visit('/', { language: 'it' })
  await page.getByRole('link', { name: 'Accedi' }).waitFor()
  expect(await page.evaluate('document.documentElement.lang')).toBe('it')
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByLabel('Lingua').selectOption('English')
  await page.getByRole('link', { name: 'Sign in' }).waitFor()
  await page.reload()
  await page.getByRole('link', { name: 'Sign in' }).waitFor()
})

test('an address without a page says so', async () => {
  const page = await site.visit('/nowhere')
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
  await check(page)
})
