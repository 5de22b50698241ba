import { expect, test } from 'vitest'
import { popularityOf } from './popularity.ts'

test('never falls while installs grow, and has a step for each of the first', () => {
  for (let installs = 1; installs < 5_000; installs++) {
    expect(popularityOf(installs)).toBeGreaterThanOrEqual(popularityOf(installs - 1))
  }
  expect([0, 1, 2, 7, 8, 9, 16].map(popularityOf)).toEqual([0, 1, 2, 7, 8, 9, 16])
  expect(popularityOf(2_000_000) - popularityOf(1_000_000)).toBe(8)
})
