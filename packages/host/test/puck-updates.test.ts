import type { Component, Field } from '@plexica/manifest-schema'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { bytesOf, change, columns, inside, install, item, nested, shownBy, values } from './blocks-on-page.ts'
import { launchBrowser } from './find-browser.ts'
import { control, dataOf, type OpenEditor, select, startEditor } from './open-editor.ts'

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
  await install(editor, values({ title: { type: 'text' }, size: { type: 'number' } }))
  const page = await editor.open({ data: { content: [written] } })
  await page.getByText('Kept title').waitFor()
  const before = await bytesOf(page)

  await change(editor, page, { components: [renamed] })
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

test.each(['before', 'after'])(
  'what is in a slot that an update renames is there: %s the editor opens',
  async (when) => {
    const children: Component = { ...columns, fields: { content: { type: 'slot', formerly: ['items'] } } }
    await install(editor, columns, values({ text: { type: 'text' } }))
    const components = [{ ...children, export: 'Columns' }, values({ text: { type: 'text' } })]
    if (when === 'before') editor.registry.change('blocks', { components })
    const page = await editor.open({ data: nested })
    await page.getByRole('heading', { name: 'First' }).waitFor()
    if (when === 'after') {
      await page.getByText('"text":"deep"').waitFor()
      await change(editor, page, { components })
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
    editor,
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
  await install(editor, values({ backdrop: newer, text: { type: 'text', label: 'Words' } }))
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
