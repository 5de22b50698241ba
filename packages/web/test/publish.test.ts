import { afterAll, beforeAll, expect, test } from 'vitest'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { check, openSite, type Site } from './open-site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const file = (name: string, bytes: Uint8Array) => ({ name, mimeType: 'application/gzip', buffer: Buffer.from(bytes) })

test('a good package is checked, configured and submitted', async () => {
  const page = await site.visit('/publish', { as: site.ann })
  await page.getByRole('heading', { name: 'No plugins yet' }).waitFor()
  await page.getByRole('button', { name: 'Publish a plugin' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Choose a file').setInputFiles(file('notes.txt', Buffer.from('hello')))
  await dialog.getByText('notes.txt is not a .tar.gz file').waitFor()

  await dialog.getByLabel('Choose a file').setInputFiles(file('greeting-card-1.0.0.tar.gz', goodPackage()))
  await dialog.getByText('greeting-card 1.0.0 can be published').waitFor()
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await dialog.getByText('The card counts orders that are on their way.').waitFor()
  await dialog.getByLabel('Private').check()
  await dialog.getByLabel('Channel').fill('Not A Channel')
  await dialog.getByRole('button', { name: 'Submit for review' }).click()
  await dialog.getByText('A channel starts with a letter').waitFor()
  await dialog.getByLabel('Channel').fill('beta')
  await dialog.getByRole('button', { name: 'Submit for review' }).click()

  await dialog.getByText('greeting-card 1.0.0 is submitted').waitFor()
  const [submission] = await site.submissionsOf('greeting-card')
  await dialog.getByText(submission?.id ?? 'no submission', { exact: true }).waitFor()
  expect(await dialog.getByRole('definition').last().textContent()).toBe('1')
  await check(page)
  const { visibility } = await site.ann.client.getPlugin({ params: { pluginId: 'greeting-card' } })
  expect(visibility).toBe('private')

  await dialog.getByRole('button', { name: 'Done' }).click()
  const row = page.getByRole('row').filter({ hasText: 'greeting-card' })
  expect(await row.textContent()).toContain('1.0.0 · place 1 in the queue')
  expect(await row.textContent()).toContain('In review')
})

test('the list is there for everybody’s eyes and hands', async () => {
  const page = await site.visit('/publish', { as: site.root })
  await page.getByRole('row').filter({ hasText: 'greeting-card' }).getByText('place 1').waitFor()
  await check(page)
})

test('a refused package shows its findings, each with the way to its rule', async () => {
  const page = await site.visit('/publish', { as: site.ben })
  await page.getByRole('button', { name: 'Publish a plugin' }).click()
  const dialog = page.getByRole('dialog')
  const bad = goodPackage({ manifest: { id: 'cold-card', version: 'one' }, files: { 'README.md': undefined } })
  await dialog.getByLabel('Choose a file').setInputFiles(file('cold-card.tar.gz', bad))
  await dialog.getByText('This package is refused').waitFor()
  const told = await site.ben.client.preflight({ body: inChunks(bad) })
  expect(told.findings.length).toBeGreaterThan(1)
  const shown = dialog.getByRole('listitem').filter({ hasText: 'Fix:' })
  expect(await shown.count()).toBe(told.findings.length)
  const [first] = told.findings
  const words = await shown
    .filter({ hasText: first?.message ?? '' })
    .first()
    .textContent()
  expect(words).toContain(first?.fix)
  expect(words).toContain(`${first?.path}:${first?.line}`)
  await check(page)

  const [rule] = await Promise.all([
    page.context().waitForEvent('page'),
    dialog
      .getByRole('link', { name: `About the rule ${first?.code}` })
      .first()
      .click(),
  ])
  await rule.getByRole('heading', { name: first?.code ?? '' }).waitFor()
})

test('what was chosen stays when the registry refuses the publish', async () => {
  const page = await site.visit('/publish', { as: site.ben })
  await page.getByRole('button', { name: 'Publish a plugin' }).click()
  const dialog = page.getByRole('dialog')
  // Somebody else takes the id after the check: the registry refuses the publish itself.
  const body = goodPackage({ manifest: { id: 'cold-card' } })
  await dialog.getByLabel('Choose a file').setInputFiles(file('cold-card.tar.gz', body))
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await dialog.getByLabel('Channel').fill('beta')
  await site.ann.client.publishPlugin({ body: inChunks(body) })
  await dialog.getByRole('button', { name: 'Submit for review' }).click()
  await dialog.getByRole('alert').filter({ hasText: 'belongs to somebody else' }).waitFor()
  expect(await dialog.getByLabel('Channel').inputValue()).toBe('beta')
  await dialog.getByRole('button', { name: 'Back' }).click()
  await dialog.getByText('cold-card.tar.gz').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Publish a plugin' }).click()
  await dialog.getByText('cold-card.tar.gz').waitFor()
})

test('tenants do not see the pages of publishers', async () => {
  const page = await site.visit('/publish', { as: site.ada, language: 'it' })
  await page.getByRole('heading', { name: 'Questa pagina non è per questo account' }).waitFor()
})
