import { expect, test } from 'vitest'
import { addingRefusal, mostOwners, removingRefusal } from './owner-rules.ts'

const crowd = Array.from({ length: mostOwners }, (_, index) => `p${index}`)

test.each([
  [['ann'], 'bob', undefined],
  [['ann'], 'ann', undefined],
  [crowd, 'p0', undefined],
  [crowd, 'bob', 'too_many_owners'],
])('adding to %j: %s', (owners, subject, code) => {
  expect(addingRefusal(owners, subject)?.code).toBe(code)
})

test.each([
  [['ann', 'bob'], 'bob', undefined],
  [['ann', 'bob'], 'cleo', 'owner_not_found'],
  [['ann'], 'ann', 'last_owner'],
  [['ann'], 'bob', 'owner_not_found'],
])('removing from %j: %s', (owners, subject, code) => {
  expect(removingRefusal(owners, subject)?.code).toBe(code)
})
