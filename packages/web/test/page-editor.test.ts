import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishGood } from '../../cli/test/publish-good.ts'
import { dataOf, paletteItem, serveEditor } from '../../host/test/open-editor.ts'
import { openSite, type Site } from './open-site.ts'

// Two windows beside one registry: a page editor of the platform, and the marketplace in which the tenant's admin works.

const component = { export: 'GreetingCard', extensionPoint: 'puck' }
const bundle = `
import { jsx } from 'react/jsx-runtime'
export const GreetingCard = ({ text, greeting, plexica }) =>
  jsx('p', { children: (greeting ?? text) + ' from ' + plexica.configuration.shop })
`
const data = {
  root: { props: {} },
  content: [
    { type: 'Heading', props: { id: 'h1', text: 'A page' } },
    { type: 'greeting-card/GreetingCard', props: { id: 'g1', text: 'Good day' } },
  ],
}

let site: Site
let served: Awaited<ReturnType<typeof serveEditor>>
beforeAll(async () => {
  site = await openSite()
  served = await serveEditor(() => site.url)
  const files = { 'dist/bundle.js': bundle }
  const text = { type: 'text', label: 'Greeting', default: 'Hello' } as const
  await publishGood(site, {
    manifest: {
      backend: undefined,
      network: [],
      components: [{ ...component, name: 'GreetingCard', title: 'Greeting card', fields: { text } }],
    },
    files,
  })
  const installation = { tenantId: 'acme', pluginId: 'greeting-card' }
  await site.ada.client.installPlugin({
    params: installation,
    body: { configuration: { shop: 'our shop' }, grantedPermissions: ['orders:read'] },
  })
  await site.ada.client.disablePlugin({ params: installation })
  await publishGood(site, {
    manifest: {
      version: '1.1.0',
      backend: undefined,
      network: [],
      components: [
        {
          ...component,
          name: 'GreetingCard',
          title: 'Greeting',
          fields: { greeting: { ...text, formerly: ['text'] } },
        },
        { ...component, name: 'Banner', title: 'Banner' },
      ],
    },
    files,
  })
})
afterAll(async () => {
  await served?.close()
  await site?.close()
})

test('what the admin does in the marketplace shows in the editor that is open, and the page stays', async () => {
  const una = await site.person('una', 'tenant-user', { tenantId: 'acme' })
  const query = new URLSearchParams({ registry: site.url, tenant: 'acme', token: una.key, data: JSON.stringify(data) })
  const editor = await site.visit(`${served.url}?${query}`)
  const admin = await site.visit('/my-plugins', { as: site.ada })
  const absent = editor.getByText('is not active; what was written here is kept.')
  await absent.waitFor()
  await paletteItem(editor, 'Heading').waitFor()
  await editor.evaluate(() => Object.assign(globalThis, { sameDocument: true }))
  const before = JSON.stringify(await dataOf(editor))

  const took: string[] = []
  /** What the admin does last, and what shows in the editor then. */
  const follows = async (what: string, act: () => Promise<unknown>, seen: () => Promise<unknown>) => {
    const started = performance.now()
    await Promise.all([act(), seen()])
    took.push(`| ${what} | ${Math.round(performance.now() - started)} ms |`)
    expect(JSON.stringify(await dataOf(editor)), `the page's data after ${what}`).toBe(before)
  }
  const card = paletteItem(editor, 'greeting-card/GreetingCard')
  const turn = admin.getByRole('switch', { name: 'Greeting card' })
  const item = (words: string) => editor.getByText(words, { exact: true })

  await follows(
    'enable',
    () => turn.check(),
    () => Promise.all([card.waitFor(), item('Good day from our shop').waitFor()]),
  )

  await admin.getByRole('button', { name: 'What changed: Greeting card' }).click()
  const dialog = admin.getByRole('dialog', { name: 'Update Greeting card to 1.1.0' })
  await follows(
    'update',
    () => dialog.getByRole('button', { name: 'Update' }).click(),
    () =>
      Promise.all([
        paletteItem(editor, 'greeting-card/Banner').waitFor(),
        card.getByText('Greeting', { exact: true }).waitFor(),
      ]),
  )
  expect(await item('Good day from our shop').count()).toBe(1)
  await admin.getByText('Greeting card is updated to 1.1.0.').waitFor()

  await admin.getByRole('button', { name: 'What to do with Greeting card' }).click()
  await admin.getByRole('menuitem', { name: 'Configure' }).click()
  await admin.getByLabel('Shop').fill('the market')
  await follows(
    'reconfigure',
    () => admin.getByRole('button', { name: 'Save' }).click(),
    () => item('Good day from the market').waitFor(),
  )

  await admin.goto('/my-plugins')
  await follows(
    'disable',
    () => turn.uncheck(),
    () => Promise.all([card.waitFor({ state: 'detached' }), absent.waitFor()]),
  )
  await follows(
    'enable again',
    () => turn.check(),
    () => Promise.all([card.waitFor(), item('Good day from the market').waitFor()]),
  )

  expect(await editor.evaluate(() => 'sameDocument' in globalThis)).toBe(true)
  expect(await editor.evaluate(() => globalThis.puckPage.mounts)).toBe(1)
  // Chromium notes that the same bundle is checked by the same rule once more.
  expect(editor.complaints.filter((words) => !words.startsWith('An import map integrity rule'))).toEqual([])
  console.log(
    ['| the admin’s click | until it is done and the open editor shows it |', '| --- | ---: |', ...took].join('\n'),
  )
})
