import type { Field } from '@plexica/manifest-schema'
import { expect, test } from 'vitest'
import { readProps } from './fit-props.ts'

const read = (fields: Record<string, Field>, props: Record<string, unknown>) =>
  readProps({ fields, removedFields: [] }, props)

test.each<[Field, unknown, string]>([
  [{ type: 'text', default: 'x' }, 5, 'it must be a string'],
  [{ type: 'textarea', default: 'x' }, null, 'it must be a string'],
  [{ type: 'number', default: 3 }, 'five', 'it must be a number'],
  [{ type: 'number', default: 3, max: 4 }, 5, 'it must be at most 4'],
  [{ type: 'boolean', default: true }, 'yes', 'it must be true or false'],
  [{ type: 'select', default: 1, options: [{ label: 'One', value: 1 }] }, '1', 'none of the options has it'],
  [{ type: 'color', default: '#fff' }, 'red', 'it must be a colour such as #1a2b3c'],
  [{ type: 'image', default: '' }, 'javascript:1', 'it must be a web address or a picture under `assets/`'],
  [{ type: 'array', default: [], fields: {} }, {}, 'it must be a list'],
  [{ type: 'object', default: {}, fields: {} }, [], 'it must be an object `{…}`'],
])('%j does not take %j: its default is used', (field, value, wanted) => {
  expect(read({ it: field }, { it: value })).toEqual({
    values: { it: field.default },
    misfits: [{ path: 'it', value, wanted }],
    unknown: {},
  })
})

test('what fits is given as it is, the very same object', () => {
  const link = { url: '/', more: 'kept' }
  const fields: Record<string, Field> = { link: { type: 'object', fields: { url: { type: 'text' } } } }
  const { values, misfits, unknown } = read(fields, { id: 'a', link })
  expect(values.link).toBe(link)
  expect(Object.keys(values)).toEqual(['link'])
  expect(misfits).toEqual([])
  expect(unknown).toEqual({ 'link.more': 'kept' })
})

test('inside of lists and objects one value falls back alone', () => {
  const stars: Field = { type: 'number', default: 5 }
  const fields: Record<string, Field> = { quotes: { type: 'array', fields: { stars, words: { type: 'text' } } } }
  expect(read(fields, { quotes: [{ stars: 'many', words: 'w' }, 7, { stars: 2 }] })).toMatchObject({
    values: { quotes: [{ stars: 5, words: 'w' }, { stars: 5 }, { stars: 2 }] },
    misfits: [{ path: 'quotes[0].stars' }, { path: 'quotes[1]' }],
  })
})

test('a misfit without a default is left out', () => {
  expect(read({ size: { type: 'number' } }, { size: 'big' }).values).toEqual({})
})

test('a type that nobody knows yet takes anything', () => {
  const gradient = { type: 'gradient' } as unknown as Field
  const value = { from: '#fff' }
  expect(read({ gradient }, { gradient: value })).toEqual({ values: { gradient: value }, misfits: [], unknown: {} })
})
