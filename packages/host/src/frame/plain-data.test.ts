import { createElement } from 'react'
import { expect, test } from 'vitest'
import { plainData } from './plain-data.ts'

test('data stays, and is a copy', () => {
  const props = {
    text: 'Hello',
    count: 7,
    big: 7n,
    on: true,
    nothing: null,
    at: new Date(0),
    list: [{ name: 'Ann' }, 2, 'three'],
    bare: Object.assign(Object.create(null), { deep: { deeper: [1] } }),
  }
  const data = plainData(props)
  expect(data).toEqual({ ...props, bare: { deep: { deeper: [1] } } })
  expect(structuredClone(data)).toEqual(data)
  expect(data.list).not.toBe(props.list)
})

test('what belongs to the page is left out', () => {
  class Cart {
    total = 7
  }
  const props = {
    onChoose: () => {},
    mark: Symbol('mark'),
    missing: undefined,
    cart: new Cart(),
    lines: new Map([[1, 2]]),
    element: createElement('p'),
    nested: { onChoose: () => {}, text: 'kept' },
    list: [() => {}, 'kept'],
  }
  expect(plainData(props)).toEqual({ nested: { text: 'kept' }, list: [null, 'kept'] })
})

test('circles and depths end', () => {
  const circle: Record<string, unknown> = { name: 'circle' }
  circle.self = circle
  circle.list = [circle, { back: circle }]
  expect(plainData(circle)).toEqual({ name: 'circle', list: [null, {}] })

  const same = { name: 'twice' }
  expect(plainData({ one: same, two: same })).toEqual({ one: same, two: same })

  let deep: Record<string, unknown> = { end: true }
  for (let depth = 0; depth < 10_000; depth++) deep = { deep }
  expect(JSON.stringify(plainData(deep))).toMatch(/^(\{"deep":){49,50}\{\}\}+$/)
})
