import { expect, test } from 'vitest'
import { fieldDefaults } from './field-defaults.ts'

test('takes declared defaults, also falsy ones and those inside of objects', () => {
  expect(
    fieldDefaults({
      title: { type: 'text', default: 'Hello' },
      count: { type: 'number', default: 0 },
      shown: { type: 'boolean', default: false },
      subtitle: { type: 'text' },
      author: { type: 'object', fields: { name: { type: 'text', default: 'Ann' }, age: { type: 'number' } } },
      quotes: { type: 'array', fields: { text: { type: 'text', default: 'of a new item' } } },
      links: { type: 'array', default: [{ href: '/' }] },
    }),
  ).toEqual({
    title: 'Hello',
    count: 0,
    shown: false,
    author: { name: 'Ann' },
    quotes: [],
    links: [{ href: '/' }],
  })
})

test('a component without fields has none', () => {
  expect(fieldDefaults()).toEqual({})
})
