import { join } from 'node:path'
import type { Field } from '@plexica/manifest-schema'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './find-browser.ts'
import { control, dataOf, dragTo, type OpenEditor, paletteItem, startEditor } from './open-editor.ts'
import { plugin } from './open-page.ts'

type Type = Field['type']

interface Case {
  field: Field
  /** How people change it, for the table. */
  by: string
  /** What people do to the control of that label. */
  change(control: (label: string | RegExp) => Locator, page: Page): Promise<unknown>
  /** Afterwards in the page's data. */
  written: unknown
  /** What the component gets, where that is something else. */
  given?: unknown
}

const options = [
  { label: 'Small', value: 1 },
  { label: 'Large', value: 2 },
]

/** One for each type of the manifest: the compiler asks for the next one. */
const cases: Record<Type, Case> = {
  text: {
    by: 'typing',
    field: { type: 'text', default: 'Hello' },
    change: (control) => control('text').fill('Good day'),
    written: 'Good day',
  },
  textarea: {
    by: 'typing',
    field: { type: 'textarea', default: 'One line' },
    // Its label holds what is typed as well.
    change: (control) => control(/^textarea/).fill('Two\nlines'),
    written: 'Two\nlines',
  },
  number: {
    by: 'typing',
    field: { type: 'number', default: 3, min: 1, max: 9, step: 0.5 },
    change: async (control) => {
      const number = control('number')
      expect(await number.evaluate((input: HTMLInputElement) => [input.min, input.max, input.step])).toEqual([
        '1',
        '9',
        '0.5',
      ])
      await number.fill('4.5')
      // Puck does not take what is out of range.
      await number.fill('10')
    },
    written: 4.5,
  },
  select: {
    by: 'choosing in a list',
    field: { type: 'select', default: 1, options },
    change: (control) => control('select').selectOption({ label: 'Large' }),
    written: 2,
  },
  radio: {
    by: 'choosing',
    field: { type: 'radio', default: 1, options },
    change: (_, page) => page.getByText('Large', { exact: true }).filter({ visible: true }).click(),
    written: 2,
  },
  boolean: {
    by: 'choosing yes or no',
    field: { type: 'boolean', default: true },
    change: (_, page) => page.getByText('No', { exact: true }).filter({ visible: true }).click(),
    written: false,
  },
  color: {
    by: 'typing, or the browser’s own picker',
    field: { type: 'color', default: '#abc' },
    change: async (control) => {
      expect(await control('color: pick').inputValue()).toBe('#aabbcc')
      await control('color').fill('#5b5bd6cc')
    },
    written: '#5b5bd6cc',
  },
  image: {
    by: 'typing an address',
    field: { type: 'image', default: '' },
    change: async (control, page) => {
      await control('image').fill('assets/hero.png')
      await page.locator('form img[src$="/plugins/bundles/blocks/v1.0.0/assets/hero.png"]').first().waitFor({
        state: 'attached',
      })
    },
    written: 'assets/hero.png',
    given: expect.stringMatching(/^http.*\/plugins\/bundles\/blocks\/v1\.0\.0\/assets\/hero\.png$/),
  },
  array: {
    by: 'typing into an item, adding another',
    field: { type: 'array', default: [{ name: 'Ann' }], fields: { name: { type: 'text', default: 'Somebody' } } },
    change: async (control, page) => {
      await page.getByText('Ann', { exact: true }).filter({ visible: true }).first().click()
      await control('name').fill('Bea')
      await page.locator('form button[class*=ArrayField-addButton]').filter({ visible: true }).click()
    },
    written: [{ name: 'Bea' }, { name: 'Somebody' }],
  },
  object: {
    by: 'typing into one of its fields',
    field: {
      type: 'object',
      fields: { words: { type: 'text', default: 'More' }, url: { type: 'text', default: '/' } },
    },
    change: (control) => control('words').fill('Less'),
    written: { words: 'Less', url: '/' },
  },
  slot: {
    by: 'dragging a component into it',
    field: { type: 'slot' },
    change: (_, page) => dragTo(page, 'Heading', page.locator('[data-slot] [data-puck-dropzone]')),
    written: [{ type: 'Heading', props: { id: expect.any(String), text: 'A heading' } }],
    given: undefined,
  },
}

const types = Object.keys(cases) as Type[]
/** All that Puck has. */
const puckTypes = [
  'text',
  'textarea',
  'number',
  'select',
  'radio',
  'array',
  'object',
  'slot',
  'custom',
  'richtext',
  'external',
]
const fields = Object.fromEntries(types.map((type) => [type, { label: type, ...cases[type].field }]))
const table = join(import.meta.dirname, '../../../docs/reference/puck-fields.md')

let browser: Awaited<ReturnType<typeof launchBrowser>>
let editor: OpenEditor
beforeAll(async () => {
  browser = await launchBrowser()
  editor = await startEditor(browser)
  const values = { name: 'Values', export: 'Values', extensionPoint: 'puck', fields }
  editor.registry.install(await plugin('blocks', [values]))
})
afterAll(async () => {
  await editor?.close()
  await browser?.close()
})

test('each type of field is drawn, changed and written by the real editor', async () => {
  const page = await editor.open()
  await paletteItem(page, 'blocks/Values').waitFor()
  await dragTo(page, 'blocks/Values', page.locator('[data-puck-dropzone]').first())
  const propsNow = async () => (await dataOf(page)).content[0]?.props as Record<string, unknown>
  await expect.poll(propsNow).toBeDefined()

  const drawnTypes: Record<string, string | undefined> = {}
  const rows: string[] = []
  for (const type of types) {
    const { by, change, written } = cases[type]
    const before = (await propsNow())[type]
    await change((label) => control(page, label), page)
    await expect.poll(async () => (await propsNow())[type], { message: type }).toEqual(written)
    const given = 'given' in cases[type] ? cases[type].given : written
    await expect.poll(async () => (await givenTo(page))[type], { message: `${type} for the component` }).toEqual(given)
    drawnTypes[type] = await page.evaluate(
      (name) => globalThis.puckPage.config.components['blocks/Values']?.fields?.[name]?.type,
      type,
    )
    rows.push(`| \`${type}\` | ${code(before)} | ${by} | ${code((await propsNow())[type])} |`)
  }
  const markdown = document(drawnTypes, rows)
  console.log(markdown)
  await expect(markdown).toMatchFileSnapshot(table)
})

/** What the component shows that it has got. */
async function givenTo(page: Page): Promise<Record<string, unknown>> {
  return JSON.parse((await page.locator('[data-values]').textContent()) ?? '')
}

function code(value: unknown): string {
  // The ids of items are made by Puck, another one each time.
  return `\`${JSON.stringify(value).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…')}\``
}

function document(drawnTypes: Readonly<Record<string, string | undefined>>, rows: readonly string[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const marks = types.map((type) =>
    line([`\`${type}\``, ...puckTypes.map((puckType) => (drawnTypes[type] === puckType ? '●' : ''))]),
  )
  return `<!-- Made by packages/host/test/puck-fields.test.ts; \`-u\` writes it anew. -->

# Fields in the page editor

What a field of a component becomes in Puck. The test that made this drew one of each type in the real editor, changed
its value with its control, and read the page’s data and what the component got.

${[line(['manifest', ...puckTypes.map((type) => `\`${type}\``)]), line(['---', ...puckTypes.map(() => ':-:')]), ...marks].join('\n')}

A colour and a picture are controls of the host’s own (\`custom\`). Formatted text and lists from elsewhere (\`richtext\`,
\`external\`) have no type in the manifest.

${[line(['type', 'starts as', 'changed by', 'page data then']), line(['---', '---', '---', '---']), ...rows].join('\n')}

Of a picture under \`assets/\` the component gets the address beside the bundle, of a slot a component that renders what is
in it, and of everything else the value as it is in the page data.
`
}
