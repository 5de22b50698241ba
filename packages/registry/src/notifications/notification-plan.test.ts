import { expect, test } from 'vitest'
import { isUpdate } from './notification-plan.ts'

test.each([
  ['1.1.0', '1.0.0', true],
  ['1.10.0', '1.9.0', true],
  ['1.0.0', '1.0.0', false],
  ['1.0.1', '1.1.0', false],
  ['2.0.0-beta.1', '1.0.0', false],
  ['2.0.0-beta.2', '2.0.0-beta.1', true],
  ['2.0.0', '2.0.0-beta.1', true],
])('%s is an update for those on %s: %s', (version, running, expected) => {
  expect(isUpdate(version, running)).toBe(expected)
})
