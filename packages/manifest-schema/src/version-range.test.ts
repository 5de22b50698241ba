import fc from 'fast-check'
import valid from 'semver/functions/valid.js'
import validRange from 'semver/ranges/valid.js'
import { expect, test } from 'vitest'
import { hasSafeNumbers, isVersionRange } from './version-range.ts'

test.each([
  '^1.2.3',
  '~1.2',
  '1',
  '1.x',
  '1.2.X',
  '1.x.x',
  '*',
  '=1.2.3',
  '>=1.4.0 <3.0.0',
  '>=1.0.0 <2.0.0 || ^3.0.0||4.x',
  '1.2.0 - 2.3.0',
  '1.2 - 2',
  '^2.0.0-beta.1',
  '1.2.3+build.7',
  '<=0.0.0-0',
])('%s is a range', (range) => {
  expect(isVersionRange(range)).toBe(true)
  expect(validRange(range)).not.toBeNull()
})

test.each([
  '',
  ' ',
  'latest',
  '^01.0.0',
  '1.2.3.4',
  '^^1.0.0',
  '>1.0.0, <2.0.0',
  'v1.2.3',
  '1.0.0 ||',
  '1.2.x.3',
  '^9999999999999999.0.0',
  'https://example.com',
  '1.0.0 -2.0.0-',
])('%s is no range', (range) => {
  expect(isVersionRange(range)).toBe(false)
})

const piece = fc.constantFrom(
  ...[
    '0',
    '1',
    '10',
    '01',
    'x',
    '*',
    '.',
    '.',
    '.',
    '-',
    '+',
    '^',
    '~',
    '>',
    '<',
    '=',
    '>=',
    '||',
    ' ',
    ' - ',
    'a',
    '-0',
  ],
  ...['1.2.3', '1.2', '1.x', '1.2.3-a.1', '1.2.3+b', '999999999999999'],
)

test('semver reads every range that is accepted', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join('')),
      (text) => {
        if (isVersionRange(text)) expect(validRange(text)).not.toBeNull()
      },
    ),
    { numRuns: 5_000 },
  )
})

test('what semver prints of a range is accepted, unless nothing or everything is in it', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 9 }).map((pieces) => validRange(pieces.join(''))),
      (range) => {
        // Above its own greatest number, a range gets one that is too great for a manifest.
        if (range !== null && range !== '' && !/\d{16}/.test(range)) expect(isVersionRange(range), range).toBe(true)
      },
    ),
    { numRuns: 5_000 },
  )
})

test('a long text is answered at once', () => {
  for (const unit of ['1.', '1.0.0 ', '^1 || ', 'a', '1.0.0-a', '0', '- ', '1.0.0-1.', '1-']) {
    const start = performance.now()
    isVersionRange(`${unit.repeat(200 / unit.length)}!`)
    expect(performance.now() - start, unit).toBeLessThan(100)
  }
})

test('numbers are safe as long as semver can compare them', () => {
  for (const version of [
    '1.2.3',
    '9007199254740991.0.0',
    '1.2.3-9999999999999999999',
    '0.9007199254740992.0',
    '1.0.10000000000000000+b',
  ]) {
    expect(hasSafeNumbers(version), version).toBe(valid(version) !== null)
  }
})
