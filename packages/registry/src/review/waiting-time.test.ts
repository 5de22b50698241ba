import { expect, test } from 'vitest'
import { secondsBetween, typicalWait } from './waiting-time.ts'

test.each<[number[], number | null]>([
  [[], null],
  [[7], 7],
  [[9, 1], 5],
  [[1, 2], 2],
  [[100, 1, 3], 3],
  [[1, 1_000_000, 2, 3], 3],
  [[0, 0, 0, 0, 60], 0],
])('of %j the typical wait is %j', (seconds, typical) => {
  expect(typicalWait(seconds)).toBe(typical)
})

test('the order of what is given stays', () => {
  const seconds = [3, 1, 2]
  typicalWait(seconds)
  expect(seconds).toEqual([3, 1, 2])
})

test.each([
  ['2026-01-01T00:00:00.000Z', '2026-01-01T00:01:00.999Z', 60],
  ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z', 86_400],
  ['2026-01-01T00:00:01.000Z', '2026-01-01T00:00:00.000Z', 0],
])('from %s to %s', (from, to, seconds) => expect(secondsBetween(from, to)).toBe(seconds))
