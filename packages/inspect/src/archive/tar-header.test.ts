import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CraftedEntry, tarEntry } from '../../test/build-archive.ts'
import { decodeHeader, isZeroBlock } from './tar-header.ts'

const decode = (entry: CraftedEntry) => decodeHeader(Buffer.from(tarEntry(entry)), 0)

test('the fields of an honest header', () => {
  expect(decode({ path: 'bundle.js', prefix: 'dist', data: 'hello' })).toEqual({
    path: 'dist/bundle.js',
    link: '',
    type: '0',
    size: 5,
  })
  expect(decode({ path: 'a', type: '\0' })).toMatchObject({ type: '0' })
  expect(decode({ path: 'a', type: '2', link: 'b', magic: 'ustar  \0' })).toMatchObject({ type: '2', link: 'b' })
  const longest = decode({ path: 'n'.repeat(100), prefix: 'p'.repeat(155), link: 'l'.repeat(100) })
  expect(longest).toMatchObject({ path: `${'p'.repeat(155)}/${'n'.repeat(100)}`, link: 'l'.repeat(100) })
})

test.each([
  ['00000000017\0', 15],
  ['00000000017 ', 15],
  ['         17\0', 15],
  ['17\0', 15],
  ['777777777777', 8 ** 12 - 1],
  [Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]), 257],
  [Buffer.from([0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), Number.POSITIVE_INFINITY],
])('the size %j is %d', (size, bytes) => {
  expect(decode({ path: 'a', size })).toMatchObject({ size: bytes })
})

test.each(['', '            ', '8\0', '0x1f\0', '1 7\0', '1\x007\0', '-1\0', '1e9\0', '+1\0', Buffer.alloc(12, 0xff)])(
  'the size %j is none',
  (size) => {
    expect(decode({ path: 'a', size })).toMatchObject({ code: 'archive-header-size' })
  },
)

test('one changed byte is never the same honest header', () => {
  const honest = Buffer.from(tarEntry({ path: 'dist/bundle.js' }))
  fc.assert(
    fc.property(fc.nat({ max: 511 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(honest)
      changed[at] = (changed[at] as number) ^ change
      const header = decodeHeader(changed, 0)
      if ('code' in header) expect(header.code).toBe('archive-header-checksum')
      // The blanks around the digits of the checksum may be written in several ways.
      else expect(at).toBeGreaterThanOrEqual(148)
    }),
  )
})

test('a zero block is 512 zeros', () => {
  const block = Buffer.alloc(1024)
  block[512] = 1
  expect(isZeroBlock(block, 0)).toBe(true)
  expect(isZeroBlock(block, 1)).toBe(false)
})
