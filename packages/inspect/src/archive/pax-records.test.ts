import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paxData } from '../../test/build-archive.ts'
import { paxRecords } from './pax-records.ts'

test('what was written is read', () => {
  const key = fc.stringMatching(/^[a-zA-Z.]{1,20}$/)
  fc.assert(
    fc.property(
      fc.dictionary(key, fc.string({ unit: 'grapheme' }), { minKeys: 1, noNullPrototype: true }),
      (records) => {
        expect(Object.fromEntries(paxRecords(Buffer.from(paxData(records))) ?? [])).toEqual(records)
      },
    ),
  )
})

test.each([
  '',
  'path=a\n',
  '8 path=a\n',
  '11 path=a\n',
  '9 path=a ',
  '9  path=a',
  '010 path=a\n',
  '5 =a\n',
  '7 path\n',
  '9 path=a\n9 path=b\n',
  '9 path=a\nrest',
  '-9 path=a\n',
  '99999999 path=a\n',
])('%j has no single reading', (data) => {
  expect(paxRecords(Buffer.from(data))).toBeUndefined()
})

test('random bytes are records or nothing, never an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (data) => {
      expect(paxRecords(Buffer.from(data))?.size ?? 1).toBeGreaterThan(0)
    }),
  )
})
