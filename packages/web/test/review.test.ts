import { afterAll, beforeAll, expect, test } from 'vitest'
import { check, openSite, type Person, type Site } from './open-site.ts'
import { submitPackage } from './submit-package.ts'

let site: Site
let sue: Person
beforeAll(async () => {
  site = await openSite()
  sue = await site.person('sue', 'super-admin')
})
afterAll(() => site?.close())

/** The good package’s bundle with a line that the checks warn of, the third. */
const risky = `import{jsx}from"react/jsx-runtime";
export function GreetingCard({text}){
  document.write(text)
  return jsx("p",{children:text})
}
`

test('a submission comes into the queue by itself, and is claimed there by a key', async () => {
  const page = await site.visit('/desk/review', { as: site.root })
  await page.getByRole('heading', { name: 'Nothing here' }).waitFor()
  await submitPackage(site, { manifest: { id: 'queued-card', name: 'Queued' }, files: { 'dist/bundle.js': risky } })
  const row = page.getByRole('row').filter({ hasText: 'queued-card' })
  await row.waitFor()
  await row.getByText('1 warning').waitFor()
  await row.getByText('+2 permissions and hosts').waitFor()
  expect(await row.getByRole('checkbox').isDisabled()).toBe(true)
  await page.keyboard.press('j')
  await page.keyboard.press('c')
  await row.getByText('You', { exact: true }).waitFor()
  expect(await row.getByRole('checkbox').isEnabled()).toBe(true)
})

test('several that one has claimed are approved at once, with their digests', async () => {
  const ids = await Promise.all(
    ['first-card', 'other-card'].map((id) => submitPackage(site, { manifest: { id, name: id } })),
  )
  for (const submissionId of ids) await site.root.client.claimSubmission({ params: { submissionId }, body: {} })
  const page = await site.visit('/desk/review?mine=true', { as: site.root })
  await page.getByRole('checkbox', { name: 'Select first-card 1.0.0' }).check()
  await page.getByRole('checkbox', { name: 'Select other-card 1.0.0' }).check()
  await check(page)
  await page.getByRole('button', { name: 'Approve 2' }).click()
  const dialog = page.getByRole('dialog')
  for (const submissionId of ids) {
    const { digest } = await site.root.client.getSubmission({ params: { submissionId } })
    await dialog.getByText(digest).waitFor()
  }
  await dialog.getByRole('button', { name: 'Approve these bytes' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByLabel('Show', { exact: true }).selectOption('Approved')
  await page.getByRole('row').filter({ hasText: 'first-card' }).getByText('Approved by root').waitFor()
  await page.getByRole('row').filter({ hasText: 'other-card' }).waitFor()
})

test('the desk shows a finding with its line, and a rejection with points made of it', async () => {
  const id = await submitPackage(site, {
    manifest: { id: 'points-card', name: 'Points' },
    files: { 'dist/bundle.js': risky },
  })
  const page = await site.visit(`/desk/review/${id}`, { as: site.root })
  await page.getByText('dist/bundle.js:3').waitFor()
  await page.locator('pre').getByText('document.write(text)').waitFor()
  await page.getByText('The first version: everything is new.').waitFor()
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Reject' }).click()
  await dialog.getByText('Say why: the author has nothing else to go by.').waitFor()
  // A key that is typed decides nothing.
  await dialog.getByLabel('Reason').pressSequentially('a card must not write')
  expect(await dialog.getByLabel('1. What has to change').inputValue()).toMatch(/^Line 3: /)
  expect(await dialog.getByLabel('File').inputValue()).toBe('dist/bundle.js')
  await dialog.getByRole('button', { name: 'Add a point' }).click()
  await dialog.getByLabel('2. What has to change').fill('Greet in Italian too.')
  await dialog.getByRole('button', { name: 'Reject' }).click()
  await page.getByText('Rejected by root').waitFor()
  const [point, other] = (await site.ann.client.getSubmission({ params: { submissionId: id } })).points
  expect(point).toMatchObject({ code: 'code-document-write', path: 'dist/bundle.js' })
  expect(other).toMatchObject({ message: 'Greet in Italian too.', state: 'new' })
})

test('what comes after a rejection says what is fixed, and is approved by keys', async () => {
  const id = await submitPackage(site, { manifest: { id: 'points-card', name: 'Points' } })
  const page = await site.visit(`/desk/review/${id}`, { as: site.root })
  const answered = page.getByRole('region', { name: 'After the rejection of 1.0.0' })
  await answered.getByText('Findings that are gone').waitFor()
  const greet = answered.getByRole('listitem').filter({ hasText: 'Greet in Italian too.' })
  await greet.getByText('Still open', { exact: true }).waitFor()
  await greet.getByRole('button', { name: 'It is fixed' }).click()
  await greet.getByText('said by root').waitFor()
  await page.keyboard.press('a')
  await page.getByRole('dialog').getByText('sha256-').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Approved by root').waitFor()
  expect((await site.ann.client.getSubmission({ params: { submissionId: id } })).state).toBe('approved')
})

test('the next version shows what differs, line by line, and what was decided before', async () => {
  const id = await submitPackage(site, {
    manifest: { id: 'points-card', name: 'Points', version: '1.1.0', network: ['api.example.com', 'cdn.example.com'] },
    files: { 'SETUP.md': '# Setup\n\nDrag the card onto a page and write a warm greeting.\n' },
  })
  const page = await site.visit(`/desk/review/${id}`, { as: site.root })
  await page.getByRole('heading', { name: 'What changed since 1.0.0' }).waitFor()
  await page.getByRole('region', { name: 'Hosts' }).getByText('cdn.example.com').waitFor()
  await page.getByRole('button', { name: /^SETUP\.md/ }).click()
  const lines = page.getByRole('region', { name: 'Lines of SETUP.md' })
  await lines.getByRole('row').filter({ hasText: 'added' }).getByText('a warm greeting').waitFor()
  await lines.getByRole('row').filter({ hasText: 'removed' }).getByText('your greeting').waitFor()
  expect(await page.getByRole('button', { name: /^README\.md/ }).count()).toBe(0)
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByRole('cell', { name: 'Rejected by root' }).waitFor()
  await page.getByRole('cell', { name: 'Approved by root' }).waitFor()
})

test('the desk is for everybody, with the answer to a rejection and a diff on it', async () => {
  const { ann, root } = site
  const [waiting] = (await ann.client.listSubmissions({ query: { pluginId: 'points-card' } })).submissions
  const submissionId = waiting?.id ?? ''
  await root.client.rejectSubmission({ params: { submissionId }, body: { reason: 'One host too many.' } })
  const id = await submitPackage(site, {
    manifest: { id: 'points-card', name: 'Points', version: '1.1.0' },
    files: { 'dist/bundle.js': risky },
  })
  const page = await site.visit(`/desk/review/${id}`, { as: root })
  await page.getByRole('button', { name: /^dist\/bundle\.js / }).click()
  await page.getByRole('region', { name: 'Lines of dist/bundle.js' }).waitFor()
  await page.getByText('One host too many.').waitFor()
  await check(page)
})

test('of two admins the second is told who decided what', async () => {
  const id = await submitPackage(site, { manifest: { id: 'raced-card', name: 'Raced' } })
  const page = await site.visit(`/desk/review/${id}`, { as: site.root })
  await page.getByRole('button', { name: 'Approve …' }).click()
  await sue.client.rejectSubmission({ params: { submissionId: id }, body: { reason: 'It shouts.' } })
  await page.getByRole('button', { name: 'Approve these bytes' }).click()
  await page.getByRole('dialog').getByRole('alert').getByText('rejected by sue').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('Rejected by sue').waitFor()
  await page.getByText('It shouts.').waitFor()
  expect(await page.getByRole('button', { name: 'Approve …' }).count()).toBe(0)
})

test('what another looks at is theirs until it is taken over, and single keys can be turned off', async () => {
  const id = await submitPackage(site, { manifest: { id: 'taken-card', name: 'Taken' } })
  await sue.client.claimSubmission({ params: { submissionId: id }, body: {} })
  const page = await site.visit(`/desk/review/${id}`, { as: site.root })
  await page.getByText('sue looks at this').waitFor()
  await page.getByRole('button', { name: 'Take it over' }).click()
  await page.getByRole('button', { name: 'Release taken-card 1.0.0' }).waitFor()
  await page.keyboard.press('?')
  await page.getByLabel('Single keys do something').uncheck()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('a')
  expect(await page.getByRole('dialog').count()).toBe(0)
})
