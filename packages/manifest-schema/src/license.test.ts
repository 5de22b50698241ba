import { expect, test } from 'vitest'
import { isSpdxExpression, nearestLicense } from './license.ts'

test('SPDX expressions are known, other words are not', () => {
  for (const license of ['MIT', 'BlueOak-1.0.0', '(MIT OR Apache-2.0)', 'GPL-2.0-only WITH Classpath-exception-2.0']) {
    expect(isSpdxExpression(license), license).toBe(true)
  }
  for (const license of ['', 'mit', 'Apache 2.0', 'MIT OR', 'Commercial', '__proto__']) {
    expect(isSpdxExpression(license), license).toBe(false)
  }
})

test.each([
  ['mit', 'MIT'],
  ['The MIT License', 'MIT'],
  ['Apache 2.0', 'Apache-2.0'],
  ['apache', 'Apache-2.0'],
  ['Mozilla', undefined],
  ['BSD', undefined],
  ['mine', undefined],
  ['', undefined],
])('%s is nearest to %s', (written, license) => {
  expect(nearestLicense(written)).toBe(license)
})
