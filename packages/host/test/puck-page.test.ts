import type { Component, Field } from '@plexica/manifest-schema'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
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

const component = (name: string, fields: Record<string, Field>, more: Partial<Component> = {}): Component => ({
  name,
  export: name,
  extensionPoint: 'puck',
  fields,
  ...more,
})
const columns = component('Columns', { title: { type: 'text', default: 'Columns' }, items: { type: 'slot' } })
const values = (fields: Record<string, Field>, more: Partial<Component> = {}) => component('Values', fields, more)

async function install(...components: Component[]) {
  editor.registry.install(await plugin('blocks', components, { configuration: { colour: 'red' } }))
}

async function change(page: Page, changed: Parameters<OpenEditor['registry']['change']>[1]) {
  editor.registry.change('blocks', changed)
  await page.evaluate(() => globalThis.host.refresh())
}

const bytesOf = async (page: Page) => JSON.stringify(await dataOf(page))
const shownBy = async (page: Page) => JSON.parse((await page.locator('[data-values]').textContent()) ?? '')
const heading = (id: string, text: string) => ({ type: 'Heading', props: { id, text } })
const item = (type: string, id: string, props: object) => ({ type: `blocks/${type}`, props: { id, ...props } })

const inside = [heading('h2', 'Inside'), item('Values', 'v1', { text: 'deep', extra: [{ a: null }], '0': 'odd' })]
const nested = {
  content: [heading('h1', 'First'), item('Columns', 'c1', { title: 'Side by side', items: inside })],
}

test.each([
  { canvas: 'in the page', iframe: false },
  { canvas: 'in a frame', iframe: true },
])('a plugin that goes leaves its place, and its data byte by byte: canvas $canvas', async ({ iframe }) => {
  await install(columns, values({ text: { type: 'text' } }))
  const page = await editor.open({ data: nested, iframe })
  const canvas = iframe ? page.frameLocator('#preview-frame') : page.locator('#puck-preview')
  await canvas.getByText('"text":"deep"').waitFor()
  await canvas.getByRole('heading', { name: 'Inside' }).waitFor()
  const before = await bytesOf(page)
  expect(JSON.parse(before)).toEqual({ root: { props: {} }, ...nested, zones: {} })

  await change(page, { enabled: false })
  await canvas.getByText('The blocks is not active; what was written here is kept.').waitFor()
  expect(await paletteItem(page, 'blocks/Columns').count()).toBe(0)
  expect(await paletteItem(page, 'Heading').count()).toBe(1)
  expect(await canvas.getByRole('heading', { name: 'Inside' }).count()).toBe(0)
  expect(await bytesOf(page)).toBe(before)

  await change(page, { enabled: true })
  await canvas.getByText('"text":"deep"').waitFor()
  await canvas.getByRole('heading', { name: 'Inside' }).waitFor()
  await paletteItem(page, 'blocks/Columns').waitFor()
  expect(await bytesOf(page)).toBe(before)
  expect(await page.evaluate(() => globalThis.puckPage.mounts)).toBe(1)
})

test('a page is edited and saved while a plugin is away, whose data stays', async () => {
  await install(columns, values({ text: { type: 'text' } }))
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
  await change(page, { enabled: true })
  await page.getByText('"text":"deep"').waitFor()
  await select(page, 'h2')
  await control(page, 'Text').fill('Found again')
  await page.getByRole('heading', { name: 'Found again' }).waitFor()
  const { content, zones } = await dataOf(page)
  expect(content[1]?.props.items).toMatchObject([{ props: { text: 'Found again' } }, { props: { text: 'deep' } }])
  expect(zones).toEqual({})
})

test('undo goes back over a plugin that came, and keeps what is in its slots', async () => {
  await install(columns, values({ text: { type: 'text' } }))
  editor.registry.change('blocks', { enabled: false })
  const page = await editor.open({ data: nested })
  await page.getByText('blocks is not active').waitFor()
  const before = await bytesOf(page)
  await select(page, 'h1')
  await control(page, 'Text').fill('Changed')
  await expect.poll(() => page.getByTitle('undo').first().isEnabled()).toBe(true)
  await change(page, { enabled: true })
  await page.getByText('"text":"deep"').waitFor()
  await page.getByTitle('undo').first().click()
  await page.getByRole('heading', { name: 'First' }).waitFor()
  await page.getByText('"text":"deep"').waitFor()
  await paletteItem(page, 'blocks/Columns').waitFor()
  expect({ ...JSON.parse(await bytesOf(page)), zones: {} }).toEqual({ ...JSON.parse(before), zones: {} })
  expect((await dataOf(page)).zones ?? {}).toEqual({})
})

test('visitors see a plugin where it is, and nothing where it is not', async () => {
  await install(columns, values({ text: { type: 'text' } }))
  const page = await editor.open({ data: nested, visitor: true })
  await page.getByText('"text":"deep"').waitFor()
  await page.getByRole('heading', { name: 'Inside' }).waitFor()
  await change(page, { enabled: false })
  await page.getByRole('heading', { name: 'Side by side' }).waitFor({ state: 'detached' })
  expect(await page.locator('body').textContent()).toBe('First')
})

test('the palette has a group for each plugin, and a component gets its fields and plexica alone', async () => {
  await install(component('Told', { tone: { type: 'text', default: 'calm' } }, { title: 'What is told' }))
  const page = await editor.open()
  await page.getByRole('button', { name: 'The blocks' }).first().waitFor()
  await paletteItem(page, 'blocks/Told').getByText('What is told').waitFor()
  await dragTo(page, 'blocks/Told', page.locator('[data-puck-dropzone]').first())
  await expect.poll(() => page.locator('[data-told]').textContent()).toBe('acme red tone')
  const [inserted] = (await dataOf(page)).content
  expect(inserted).toEqual({ type: 'blocks/Told', props: { tone: 'calm', id: expect.any(String) } })
})

test('nothing starts anew when a configuration changes, and nothing renders when nothing changed', async () => {
  await install(columns, component('Told', {}))
  const data = { content: [item('Columns', 'c1', { items: [item('Told', 't1', {})] })] }
  const page = await editor.open({ data })
  await page.getByText('acme red').waitFor()
  const started = await page.locator('code').textContent()
  const configs = await page.evaluate(() => globalThis.puckPage.configs)
  await page.evaluate(() => globalThis.host.refresh())
  expect(await page.evaluate(() => globalThis.puckPage.configs)).toBe(configs)
  await change(page, { configuration: { colour: 'blue' } })
  await page.getByText('acme blue').waitFor()
  expect(await page.locator('code').textContent()).toBe(started)
  expect(await page.evaluate(() => globalThis.puckPage.configs)).toBe(configs + 1)
})

const written = item('Values', 'v1', {
  title: 'Kept title',
  size: 4,
  old: 'gone on purpose',
  mystery: { a: 1 },
  link: { address: '/there', colour: 'red' },
  list: [{ label: 'One' }],
})
const renamed = values(
  {
    headline: { type: 'text', label: 'Headline', default: 'A default', formerly: ['heading', 'title'] },
    size: { type: 'number', label: 'Size', default: 1 },
    link: { type: 'object', fields: { url: { type: 'text', label: 'Address', formerly: ['address'] } } },
    list: { type: 'array', fields: { words: { type: 'text', label: 'Words', formerly: ['label'] } } },
  },
  { removedFields: ['old'] },
)
const today = {
  headline: 'Kept title',
  size: 4,
  link: { url: '/there', colour: 'red' },
  list: [{ words: 'One' }],
}

test('an update renames, removes and forgets fields: what was written moves, goes and stays', async () => {
  await install(values({ title: { type: 'text' }, size: { type: 'number' } }))
  const page = await editor.open({ data: { content: [written] } })
  await page.getByText('Kept title').waitFor()
  const before = await bytesOf(page)

  await change(page, { components: [renamed] })
  await expect.poll(() => shownBy(page)).toEqual(today)
  await select(page, 'v1')
  await expect.poll(() => control(page, 'Headline').inputValue()).toBe('Kept title')
  await expect.poll(() => control(page, 'Address').inputValue()).toBe('/there')
  await page.getByText('Kept from an earlier version').filter({ visible: true }).waitFor()
  const kept = page.locator('[data-plexica-kept]').filter({ visible: true })
  expect(await kept.locator('dt').allInnerTexts()).toEqual(['mystery', 'link.colour'])
  expect(await kept.locator('dd').allInnerTexts()).toEqual(['{"a":1}', 'red'])
  // Nothing is written until somebody changes something, so that the version before finds all as it was.
  expect(await bytesOf(page)).toBe(before)
  expect((await page.evaluate(() => globalThis.puckPage.migrated)).content[0]?.props).toEqual({
    id: 'v1',
    ...today,
    mystery: { a: 1 },
  })

  await control(page, 'Headline').fill('Typed ')
  await control(page, 'Headline').pressSequentially('on')
  await expect.poll(() => shownBy(page)).toEqual({ ...today, headline: 'Typed on' })
  expect(JSON.parse(await bytesOf(page)).content[0].props).toEqual({
    id: 'v1',
    ...today,
    headline: 'Typed on',
    mystery: { a: 1 },
  })
})

test('whoever types goes on typing while plugins come and change', async () => {
  await install(component('Told', { tone: { type: 'text', label: 'Tone' } }))
  const page = await editor.open({ data: { content: [item('Told', 't1', {})] } })
  await page.getByText('acme red').waitFor()
  await select(page, 't1')
  await control(page, 'Tone').focus()
  await page.keyboard.type('one ')
  editor.registry.install(await plugin('greeter', [{ ...columns, export: 'Details' }]))
  await change(page, { configuration: { colour: 'blue' } })
  await paletteItem(page, 'greeter/Columns').waitFor()
  await page.getByText('acme blue').waitFor()
  await page.keyboard.type('two')
  await expect.poll(async () => (await dataOf(page)).content[0]?.props.tone).toBe('one two')
})

test.each(['before', 'after'])(
  'what is in a slot that an update renames is there: %s the editor opens',
  async (when) => {
    const children: Component = { ...columns, fields: { content: { type: 'slot', formerly: ['items'] } } }
    await install(columns, values({ text: { type: 'text' } }))
    const components = [{ ...children, export: 'Columns' }, values({ text: { type: 'text' } })]
    if (when === 'before') editor.registry.change('blocks', { components })
    const page = await editor.open({ data: nested })
    await page.getByRole('heading', { name: 'First' }).waitFor()
    if (when === 'after') {
      await page.getByText('"text":"deep"').waitFor()
      await change(page, { components })
    }
    await expect.poll(async () => (await dataOf(page)).content[1]?.props.content).toEqual(inside)
    await select(page, 'h2')
    await control(page, 'Text').fill('Found again')
    await page.getByRole('heading', { name: 'Found again' }).waitFor()
    expect((await dataOf(page)).zones).toEqual({})
  },
)

test('a value that does not fit leaves the default, and the editor says so', async () => {
  await install(
    values({
      size: { type: 'number', label: 'Size', default: 3, max: 9 },
      tone: { type: 'select', label: 'Tone', default: 'calm', options: [{ label: 'Calm', value: 'calm' }] },
      list: { type: 'array', fields: { stars: { type: 'number', default: 5 } } },
      late: { type: 'text', label: 'Late', default: 'since the last update' },
    }),
  )
  const data = { content: [item('Values', 'v1', { size: 'big', tone: 'loud', list: [{ stars: 'many' }, 7] })] }
  const page = await editor.open({ data })
  await page.locator('[data-values]').waitFor()
  expect(await shownBy(page)).toEqual({
    size: 3,
    tone: 'calm',
    list: [{ stars: 5 }, { stars: 5 }],
    late: 'since the last update',
  })
  await select(page, 'v1')
  const notes = page.locator('[data-plexica-misfit]').filter({ visible: true })
  await expect
    .poll(() => notes.allInnerTexts())
    .toEqual([
      '“big” does not fit here: it must be a number. The default is used until another value is chosen.',
      '“loud” does not fit here: none of the options has it. The default is used until another value is chosen.',
      '[0].stars: “many” does not fit here: it must be a number. The default is used until another value is chosen.',
      '[1]: “7” does not fit here: it must be an object `{…}`. The default is used until another value is chosen.',
    ])
  expect(await control(page, 'Late').inputValue()).toBe('since the last update')
  await control(page, 'Size').fill('8')
  await expect.poll(() => shownBy(page)).toMatchObject({ size: 8 })
  await expect.poll(() => notes.count()).toBe(3)
  expect((await dataOf(page)).content[0]?.props).toMatchObject({ size: 8, tone: 'loud' })
})

test('a type of field that this page does not know is shown, and cannot be lost', async () => {
  const newer = { type: 'gradient', label: 'Backdrop', default: 'none' } as unknown as Field
  await install(values({ backdrop: newer, text: { type: 'text', label: 'Words' } }))
  const page = await editor.open({
    data: { content: [item('Values', 'v1', { backdrop: { from: '#fff' }, text: 'x' })] },
  })
  await page.locator('[data-values]').waitFor()
  await select(page, 'v1')
  expect(await control(page, 'Backdrop').inputValue()).toBe('{"from":"#fff"}')
  expect(await control(page, 'Backdrop').isEditable()).toBe(false)
  await page.getByText('This editor cannot change a field of type “gradient”.').filter({ visible: true }).waitFor()
  await control(page, 'Words').fill('y')
  await expect.poll(() => shownBy(page)).toEqual({ backdrop: { from: '#fff' }, text: 'y' })
  expect((await dataOf(page)).content[0]?.props).toEqual({ id: 'v1', backdrop: { from: '#fff' }, text: 'y' })
})

test('a component that throws leaves the editor as it is, and is tried again when its values change', async () => {
  await install(component('Fragile', { mood: { type: 'text', label: 'Mood' } }, { title: 'Weather' }))
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
