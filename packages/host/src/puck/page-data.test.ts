import type { Data } from '@puckeditor/core'
import { expect, test } from 'vitest'
import { contributionsOf } from '../contributions.ts'
import { migratePageData, pluginTypesIn } from './page-data.ts'

const { contributions } = contributionsOf(
  {
    pluginId: 'blocks',
    name: 'Blocks',
    components: [
      {
        name: 'Card',
        export: 'Card',
        extensionPoint: 'puck',
        fields: { headline: { type: 'text', formerly: ['title'] }, items: { type: 'slot', formerly: ['content'] } },
        removedFields: ['old'],
      },
    ],
  },
  { Card: () => null },
  { tenantId: 'acme', configuration: {}, request: async () => null },
)
const card = (id: string, props: object) => ({ type: 'blocks/Card', props: { id, ...props } })
const page = (inner: object): Data => ({
  root: { props: {} },
  content: [{ type: 'Box', props: { id: 'b', slot: [card('c', { title: 'T', old: 1, content: [inner] })] } }],
  zones: { 'b:left': [card('z', { headline: 'H' })] },
})

test('items are found in slots of any component, and in zones', () => {
  expect([...pluginTypesIn(page({ type: 'gone/Thing', props: { id: 'g' } }))]).toEqual(['blocks/Card', 'gone/Thing'])
})

test('what only looks like an item of a plugin is none', () => {
  expect([...pluginTypesIn({ content: [{ type: 'no plugin', props: {} }, { type: 'a/B' }, null, 'a/B'] })]).toEqual([])
})

test('stored pages get the names of today, also inside of what moves', () => {
  expect(migratePageData(page(card('i', { title: 'I' })), contributions)).toEqual({
    root: { props: {} },
    content: [
      { type: 'Box', props: { id: 'b', slot: [card('c', { headline: 'T', items: [card('i', { headline: 'I' })] })] } },
    ],
    zones: { 'b:left': [card('z', { headline: 'H' })] },
  })
})

test('a page without anything to move is the same object, and so are its parts', () => {
  const still = { ...page(card('i', {})), content: [card('i', { headline: 'I' })] }
  expect(migratePageData(still, contributions)).toBe(still)
  const data = page(card('i', {}))
  const migrated = migratePageData(data, contributions)
  expect(migrated.zones).toBe(data.zones)
  expect(migratePageData(data, [])).toBe(data)
})
