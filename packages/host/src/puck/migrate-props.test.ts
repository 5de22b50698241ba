import type { Field } from '@plexica/manifest-schema'
import { expect, test } from 'vitest'
import { migrateProps } from './migrate-props.ts'

const text = (...formerly: string[]): Field => ({ type: 'text', ...(formerly.length > 0 && { formerly }) })

test('a value moves to the field that had its name, the first name of the list that is there', () => {
  const fields = { headline: text('heading', 'title') }
  expect(migrateProps(fields, [], { id: 'a', title: 'T' })).toEqual({ props: { id: 'a', headline: 'T' }, unknown: {} })
  expect(migrateProps(fields, [], { title: 'T', heading: 'H' })).toEqual({
    props: { title: 'T', headline: 'H' },
    unknown: { title: 'T' },
  })
})

test('what stands under the name of today stays, and so does what stands under the earlier one', () => {
  const props = { headline: 'now', title: 'then' }
  const { props: migrated, unknown } = migrateProps({ headline: text('title') }, [], props)
  expect(migrated).toBe(props)
  expect(unknown).toEqual({ title: 'then' })
})

test('a name that another field has today is no earlier name', () => {
  const fields = { first: text('second'), second: text('first') }
  const props = { second: 'B' }
  expect(migrateProps(fields, [], props)).toEqual({ props, unknown: {} })
})

test('two fields cannot take the same value', () => {
  const fields = { one: text('title'), two: text('title') }
  expect(migrateProps(fields, [], { title: 'T' }).props).toEqual({ one: 'T' })
})

test('what was removed on purpose goes, unless a field took its value over', () => {
  expect(migrateProps({}, ['old'], { id: 'a', old: 1, other: 2 })).toEqual({
    props: { id: 'a', other: 2 },
    unknown: { other: 2 },
  })
  expect(migrateProps({ young: text('old') }, ['old'], { old: 'x' }).props).toEqual({ young: 'x' })
})

test('fields inside of objects and items move too; what is unknown there is named by its path', () => {
  const link: Field = { type: 'object', fields: { url: text('address') } }
  const fields: Record<string, Field> = { links: { type: 'array', formerly: ['list'], fields: { link } } }
  const given = { list: [{ link: { address: '/a', id: 7 } }, 'no item', { link: { url: '/b' } }] }
  expect(migrateProps(fields, [], given)).toEqual({
    props: { links: [{ link: { url: '/a', id: 7 } }, 'no item', { link: { url: '/b' } }] },
    unknown: { 'links[0].link.id': 7 },
  })
})

test('the empty list that an editor put into a slot is no value yet', () => {
  const fields: Record<string, Field> = { items: { type: 'slot', formerly: ['content'] } }
  const content = [{ type: 'Heading', props: { id: 'h' } }]
  expect(migrateProps(fields, [], { content, items: [] }).props).toEqual({ items: content })
})

test('names that objects inherit are names like any other', () => {
  const fields = { toString: text('valueOf') }
  expect(migrateProps(fields, [], {}).props).toEqual({})
  expect(migrateProps(fields, [], { valueOf: 'v', constructor: 1 })).toEqual({
    props: { toString: 'v', constructor: 1 },
    unknown: { constructor: 1 },
  })
})
