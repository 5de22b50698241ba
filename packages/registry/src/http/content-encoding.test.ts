import { expect, test } from 'vitest'
import { preferredEncoding } from './content-encoding.ts'

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip', 'gzip'],
  ['gzip, deflate, br, zstd', 'br'],
  ['GZIP', 'gzip'],
  ['br;q=0', 'identity'],
  ['br; q=0 , gzip ; q=0.3', 'gzip'],
  ['*', 'br'],
  ['*;q=0', 'identity'],
  ['br;q=0, *', 'gzip'],
  ['identity', 'identity'],
  ['brr, xgzip', 'identity'],
  ['gzip;q=nonsense', 'gzip'],
])('%s', (header, expected) => {
  expect(preferredEncoding(header)).toBe(expected)
  expect(preferredEncoding(header)).toBe(expected)
})
