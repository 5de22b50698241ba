import fc from 'fast-check'
import satisfies from 'semver/functions/satisfies.js'
import { expect, test } from 'vitest'
import {
  compareVersions,
  isPrerelease,
  latestVersion,
  parseVersion,
  resolveRange,
  versionFits,
} from './version-order.ts'

const number = fc.nat(12)
const version = fc
  .tuple(number, number, number, fc.constantFrom('', '', '-alpha', '-alpha.1', '-beta.11', '-0', '+build', '-rc.1+x'))
  .map(([major, minor, patch, rest]) => `${major}.${minor}.${patch}${rest}`)

test('versions stand in the order of semver.org §11', () => {
  const order = [
    'none',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.0+linux',
    '1.0.1',
    '1.2.0',
    '1.10.0',
    '2.0.0',
  ]
  expect([...order].reverse().sort(compareVersions)).toEqual(order)
})

test('the order is total, also with texts that are no versions', () => {
  const text = fc.oneof(version, fc.string())
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0)
      expect(compareVersions(a, b) === 0).toBe(a === b)
      if (compareVersions(a, b) < 0 && compareVersions(b, c) < 0) expect(compareVersions(a, c)).toBeLessThan(0)
    }),
  )
})

test('the latest version is the highest that is no prerelease', () => {
  expect(latestVersion(['1.9.0', '2.0.0-beta.1', '1.10.0', 'nonsense'])).toBe('1.10.0')
  expect(latestVersion(['2.0.0-beta.1'])).toBeUndefined()
  expect(latestVersion([])).toBeUndefined()
  fc.assert(
    fc.property(fc.array(version), (versions) => {
      const latest = latestVersion(versions)
      for (const other of versions.filter((each) => !isPrerelease(each))) {
        expect(compareVersions(other, latest ?? '')).toBeLessThanOrEqual(0)
      }
    }),
  )
})

test.each([
  ['latest', '1.2.0'],
  ['1.1.0', '1.1.0'],
  ['1.1.0+linux', '1.1.0+linux'],
  ['1.0.0+linux', undefined],
  ['1.3.0', undefined],
  ['^1.0.0', '1.2.0'],
  ['~1.1.0', '1.1.0+linux'],
  ['<1.1.0', '1.0.0'],
  ['^2.0.0', undefined],
  ['^2.0.0-beta.1', '2.0.0-beta.2'],
  ['2.0.0-beta.2', '2.0.0-beta.2'],
  ['*', '1.2.0'],
  ['not a range', undefined],
  ['__proto__', undefined],
])('%s asks for %s', (wanted, found) => {
  const versions = ['1.0.0', '1.1.0', '1.1.0+linux', '1.2.0', '2.0.0-beta.1', '2.0.0-beta.2', 'nonsense']
  expect(resolveRange(versions, wanted)).toBe(found)
})

test.each([
  ['2.4.1', '^2.0.0', true],
  ['2.4.1', '^3.0.0', false],
  ['3.0.0-beta.1', '^3.0.0', true],
  ['3.0.0-beta.1', '^2.0.0', false],
  ['3.0.0-beta.1', '<3.0.0', false],
  ['3.0.0-beta.1', '>=3.0.0-beta.2', false],
  ['3.0.0-beta.3', '>=3.0.0-beta.2', true],
  ['2.5.0-rc.1', '>=2.4.0-beta.1', true],
  ['2.5.0+build.7', '2.5.0', true],
  ['nonsense', '*', false],
  ['1.0.0', 'nonsense', false],
])('%s in %s: %s', (installed, range, fits) => {
  expect(versionFits(installed, range)).toBe(fits)
})

test('a release is in the same ranges as semver says', () => {
  const range = fc.tuple(fc.constantFrom('^', '~', '>=', '<', '>', ''), version).map(([sign, base]) => sign + base)
  fc.assert(
    fc.property(version, range, (installed, wanted) => {
      fc.pre(!isPrerelease(installed))
      expect(versionFits(installed, wanted)).toBe(satisfies(installed, wanted))
    }),
  )
})

test('numbers above 2^53 - 1 make no version', () => {
  expect(parseVersion('9007199254740992.0.0')).toBeUndefined()
  expect(parseVersion('1.2.3')?.minor).toBe(2)
})
