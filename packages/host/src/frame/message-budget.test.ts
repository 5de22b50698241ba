import { expect, test } from 'vitest'
import { messageBudget } from './message-budget.ts'

const sent = (affords: ReturnType<typeof messageBudget>, count: number, from: number, characters = 20) =>
  Array.from({ length: count }, (_, index) => affords(from + index / 10, characters)).filter(Boolean).length

test('a frame says 400 things in two seconds, and as many in the next two', () => {
  const affords = messageBudget()
  expect(sent(affords, 1_000, 0)).toBe(400)
  expect(sent(affords, 1_000, 1_500)).toBe(0)
  expect(sent(affords, 1_000, 2_000)).toBe(400)
})

test('long messages cost more: a handful of a megabyte', () => {
  expect(sent(messageBudget(), 10, 0, 1_000_000)).toBe(3)
})
