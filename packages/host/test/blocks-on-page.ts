import type { Component, Field } from '@plexica/manifest-schema'
import type { Page } from 'playwright-core'
import { dataOf, type OpenEditor } from './open-editor.ts'
import { plugin } from './open-page.ts'

// The plugin of plugins/blocks, whose components show what they get, and pages that have it.

export const component = (name: string, fields: Record<string, Field>, more: Partial<Component> = {}): Component => ({
  name,
  export: name,
  extensionPoint: 'puck',
  fields,
  ...more,
})
export const columns = component('Columns', { title: { type: 'text', default: 'Columns' }, items: { type: 'slot' } })
export const values = (fields: Record<string, Field>, more: Partial<Component> = {}) =>
  component('Values', fields, more)

export async function install(editor: OpenEditor, ...components: Component[]) {
  editor.registry.install(await plugin('blocks', components, { configuration: { colour: 'red' } }))
}

export async function change(editor: OpenEditor, page: Page, changed: Parameters<OpenEditor['registry']['change']>[1]) {
  editor.registry.change('blocks', changed)
  await page.evaluate(() => globalThis.host.refresh())
}

export const bytesOf = async (page: Page) => JSON.stringify(await dataOf(page))
export const shownBy = async (page: Page) => JSON.parse((await page.locator('[data-values]').textContent()) ?? '')
export const heading = (id: string, text: string) => ({ type: 'Heading', props: { id, text } })
export const item = (type: string, id: string, props: object) => ({ type: `blocks/${type}`, props: { id, ...props } })

export const inside = [
  heading('h2', 'Inside'),
  item('Values', 'v1', { text: 'deep', extra: [{ a: null }], '0': 'odd' }),
]
export const nested = {
  content: [heading('h1', 'First'), item('Columns', 'c1', { title: 'Side by side', items: inside })],
}
