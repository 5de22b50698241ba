import { expect, test } from 'vitest'
import { deprecationOf, deprecationRefusal } from './deprecation.ts'

test.each([
  [{ isPublic: true }, undefined],
  [{ isPublic: true, successor: 'new', isSuccessorListed: true }, undefined],
  [{ isPublic: false }, 'state_conflict'],
  [{ isPublic: true, successor: 'new' }, 'request_invalid'],
  [{ isPublic: true, successor: 'old', isSuccessorListed: true }, 'request_invalid'],
])('%j', (facts, code) => {
  const all = { pluginId: 'old', successor: undefined, isSuccessorListed: false, ...facts }
  expect(deprecationRefusal(all)?.code).toBe(code)
})

test('what is not deprecated says nothing, and a successor is named to those who could have it', () => {
  const none = { deprecated_reason: null, deprecated_successor: null, deprecated_at: null }
  expect(deprecationOf(none, new Set(['atlas']))).toBeNull()
  const at = '2026-01-01T00:00:00.000Z'
  expect(deprecationOf({ ...none, deprecated_reason: 'Old.', deprecated_at: at }, new Set(['atlas']))).toEqual({
    reason: 'Old.',
    successor: null,
    at,
  })
  const succeeded = { deprecated_reason: 'Old.', deprecated_successor: 'atlas', deprecated_at: at }
  expect(deprecationOf(succeeded, new Set(['atlas']))?.successor).toBe('atlas')
  expect(deprecationOf(succeeded, new Set())?.successor).toBeNull()
})
