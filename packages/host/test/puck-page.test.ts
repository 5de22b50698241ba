import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { bytesOf, change, columns, component, heading, install, item, nested, values } from './blocks-on-page.ts'
import { launchBrowser } from './find-browser.ts'
import { control, dataOf, dragTo, type OpenEditor, paletteItem, select, startEditor } from './open-editor.ts'
import { plugin } from './open-page.ts'

let browser: Awaited<ReturnType<typeof launchBrowser>>
let editor: OpenEditor
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  editor = await startEditor(browser)
})
afterEach(() => editor.close())

test.each([
  { canvas: 'in the page', iframe: false },
  { canvas: 'in a frame', iframe: true },
])('a plugin that goes leaves its place, and its data byte by byte: canvas $canvas', async ({ iframe }) => {
  await install(editor, columns, values({ text: { type: 'text' } }))
  const page = await editor.open({ data: nested, iframe })
  const canvas = iframe ? page.frameLocator('#preview-frame') : page.locator('#puck-preview')
  await canvas.getByText('"text":"deep"').waitFor()
  await canvas.getByRole('heading', { name: 'Inside' }).waitFor()
  const before = await bytesOf(page)
  expect(JSON.parse(before)).toEqual({ root: { props: {} }, ...nested, zones: {} })

  await change(editor, page, { enabled: false })
  await canvas.getByText('The blocks is not active; what was written here is kept.').waitFor()
  expect(await paletteItem(page, 'blocks/Columns').count()).toBe(0)
  expect(await paletteItem(page, 'Heading').count()).toBe(1)
  expect(await canvas.getByRole('heading', { name: 'Inside' }).count()).toBe(0)
  expect(await bytesOf(page)).toBe(before)

  await change(editor, page, { enabled: true })
  await canvas.getByText('"text":"deep"').waitFor()
  await canvas.getByRole('heading', { name: 'Inside' }).waitFor()
  await paletteItem(page, 'blocks/Columns').waitFor()
  expect(await bytesOf(page)).toBe(before)
  expect(await page.evaluate(() => globalThis.puckPage.mounts)).toBe(1)
})

test('a page is edited and saved while a plugin is away, whose data stays', async () => {
  await install(editor, columns, values({ text: { type: 'text' } }))
  editor.registry.change('blocks', { enabled: false })
  const page = await editor.open({ data: nested })
  await page.getByText('blocks is not active; what was written here is kept.').waitFor()
  await select(page, 'c1')
  await page.getByText('Kept until the plugin is back').filter({ visible: true }).waitFor()
  await page.getByText('Side by side').filter({ visible: true }).waitFor()
  await select(page, 'h1')
  await control(page, 'Text').fill('Changed')
  await expect.poll(async () => (await dataOf(page)).content[0]).toEqual(heading('h1', 'Changed'))
  expect((await dataOf(page)).content[1]).toEqual(nested.content[1])
  expect(JSON.stringify((await dataOf(page)).content[1])).toBe(JSON.stringify(nested.content[1]))

  // What was inside is there to be edited when the plugin comes.
  await change(editor, page, { enabled: true })
  await page.getByText('"text":"deep"').waitFor()
  await select(page, 'h2')
  await control(page, 'Text').fill('Found again')
  await page.getByRole('heading', { name: 'Found again' }).waitFor()
  const { content, zones } = await dataOf(page)
  expect(content[1]?.props.items).toMatchObject([{ props: { text: 'Found again' } }, { props: { text: 'deep' } }])
  expect(zones).toEqual({})
})

test('undo goes back over a plugin that came, and keeps what is in its slots', async () => {
  await install(editor, columns, values({ text: { type: 'text' } }))
  editor.registry.change('blocks', { enabled: false })
  const page = await editor.open({ data: nested })
  await page.getByText('blocks is not active').waitFor()
  const before = await bytesOf(page)
  await select(page, 'h1')
  await control(page, 'Text').fill('Changed')
  await expect.poll(() => page.getByTitle('undo').first().isEnabled()).toBe(true)
  await change(editor, page, { enabled: true })
  await page.getByText('"text":"deep"').waitFor()
  await page.getByTitle('undo').first().click()
  await page.getByRole('heading', { name: 'First' }).waitFor()
  await page.getByText('"text":"deep"').waitFor()
  await paletteItem(page, 'blocks/Columns').waitFor()
  expect({ ...JSON.parse(await bytesOf(page)), zones: {} }).toEqual({ ...JSON.parse(before), zones: {} })
  expect((await dataOf(page)).zones ?? {}).toEqual({})
})

test('visitors see a plugin where it is, and nothing where it is not', async () => {
  await install(editor, columns, values({ text: { type: 'text' } }))
  const page = await editor.open({ data: nested, visitor: true })
  await page.getByText('"text":"deep"').waitFor()
  await page.getByRole('heading', { name: 'Inside' }).waitFor()
  await change(editor, page, { enabled: false })
  await page.getByRole('heading', { name: 'Side by side' }).waitFor({ state: 'detached' })
  expect(await page.locator('body').textContent()).toBe('First')
})

test('the palette has a group for each plugin, and a component gets its fields and plexica alone', async () => {
  await install(editor, component('Told', { tone: { type: 'text', default: 'calm' } }, { title: 'What is told' }))
  const page = await editor.open()
  await page.getByRole('button', { name: 'The blocks' }).first().waitFor()
  await paletteItem(page, 'blocks/Told').getByText('What is told').waitFor()
  await dragTo(page, 'blocks/Told', page.locator('[data-puck-dropzone]').first())
  await expect.poll(() => page.locator('[data-told]').textContent()).toBe('acme red tone')
  const [inserted] = (await dataOf(page)).content
  expect(inserted).toEqual({ type: 'blocks/Told', props: { tone: 'calm', id: expect.any(String) } })
})

test('nothing starts anew when a configuration changes, and nothing renders when nothing changed', async () => {
  await install(editor, columns, component('Told', {}))
  const data = { content: [item('Columns', 'c1', { items: [item('Told', 't1', {})] })] }
  const page = await editor.open({ data })
  await page.getByText('acme red').waitFor()
  const started = await page.locator('code').textContent()
  const configs = await page.evaluate(() => globalThis.puckPage.configs)
  await page.evaluate(() => globalThis.host.refresh())
  expect(await page.evaluate(() => globalThis.puckPage.configs)).toBe(configs)
  await change(editor, page, { configuration: { colour: 'blue' } })
  await page.getByText('acme blue').waitFor()
  expect(await page.locator('code').textContent()).toBe(started)
  expect(await page.evaluate(() => globalThis.puckPage.configs)).toBe(configs + 1)
})

test('whoever types goes on typing while plugins come and change', async () => {
  await install(editor, component('Told', { tone: { type: 'text', label: 'Tone' } }))
  const page = await editor.open({ data: { content: [item('Told', 't1', {})] } })
  await page.getByText('acme red').waitFor()
  await select(page, 't1')
  await control(page, 'Tone').focus()
  await page.keyboard.type('one ')
  editor.registry.install(await plugin('greeter', [{ ...columns, export: 'Details' }]))
  await change(editor, page, { configuration: { colour: 'blue' } })
  await paletteItem(page, 'greeter/Columns').waitFor()
  await page.getByText('acme blue').waitFor()
  await page.keyboard.type('two')
  await expect.poll(async () => (await dataOf(page)).content[0]?.props.tone).toBe('one two')
})

test('a component that throws leaves the editor as it is, and is tried again when its values change', async () => {
  await install(editor, component('Fragile', { mood: { type: 'text', label: 'Mood' } }, { title: 'Weather' }))
  const page = await editor.open({
    data: { content: [heading('h1', 'First'), item('Fragile', 'f1', { mood: 'bad' })] },
  })
  await page.getByText('Weather from The blocks cannot be shown at the moment.').waitFor()
  await page.getByRole('heading', { name: 'First' }).waitFor()
  await select(page, 'f1')
  await control(page, 'Mood').fill('good')
  await page.getByText('A good mood').waitFor()
  await control(page, 'Mood').fill('bad')
  await page.getByText('Weather from The blocks cannot be shown at the moment.').waitFor()
  expect((await dataOf(page)).content[1]?.props).toEqual({ id: 'f1', mood: 'bad' })
  expect(await page.evaluate(() => globalThis.puckPage.mounts)).toBe(1)
  const problem = { component: 'Fragile', reason: { code: 'render_failed' } }
  const state = await page.evaluate(() => {
    const [plugin] = globalThis.host.plugins()
    return plugin?.state.status === 'ready'
      ? plugin.state.problems.map(({ component, reason: { code } }) => ({ component, reason: { code } }))
      : []
  })
  expect(state).toEqual([problem])
})
