import { expect, test } from 'vitest'
import { etagMatches } from './etag.ts'

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b",W/"a"', true],
  ['*', true],
  ['"b"', false],
  ['a', false],
  ['', false],
  [undefined, false],
])('%s', (header, expected) => {
  expect(etagMatches(header, '"a"')).toBe(expected)
})
