import type { Field } from '@plexica/manifest-schema'
import { expect, test } from 'vitest'
import { pictureAddress, renderedValues } from './rendered-values.ts'

const bundleUrl = 'https://plugins.example/plugins/bundles/~signed/blocks/v1.0.0/bundle.js'
const fields: Record<string, Field> = {
  photo: { type: 'image' },
  items: { type: 'slot' },
  cards: { type: 'array', fields: { photo: { type: 'image' }, items: { type: 'slot' } } },
}
const Slot = () => 'in the slot'
const values = { photo: 'assets/a b.png', items: Slot, cards: [{ photo: 'https://cdn.example/c.png', items: Slot }] }

test('pictures of the package stand beside its bundle, those of the web where they are', () => {
  expect(pictureAddress('assets/a b.png', bundleUrl)).toBe(
    'https://plugins.example/plugins/bundles/~signed/blocks/v1.0.0/assets/a%20b.png',
  )
  expect(pictureAddress('https://cdn.example/c.png', bundleUrl)).toBe('https://cdn.example/c.png')
  expect(pictureAddress('assets/a.png', undefined)).toBe('assets/a.png')
})

test('slots are components, empty ones until the editor has found what is in them', () => {
  const found = renderedValues(fields, values, { bundleUrl, slots: true, framed: false })
  expect(found).toMatchObject({ items: Slot, cards: [{ items: Slot }] })
  const awaited = renderedValues(fields, values, { bundleUrl, slots: false, framed: false })
  expect((awaited.items as () => unknown)()).toBeNull()
  const raw = renderedValues(
    fields,
    { items: [{ type: 'Heading', props: {} }] },
    { bundleUrl, slots: true, framed: false },
  )
  expect((raw.items as () => unknown)()).toBeNull()
})

test('what is given into a frame can be sent there', () => {
  const given = renderedValues(fields, values, { bundleUrl, slots: true, framed: true })
  expect(() => structuredClone(given)).not.toThrow()
  expect(Object.keys(given)).toEqual(['photo', 'cards'])
})
