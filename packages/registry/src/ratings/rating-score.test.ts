import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countIn, ratingSummary, smoothedScore } from './rating-score.ts'

test('a few ratings weigh little, many weigh fully', () => {
  expect(smoothedScore(0, 0)).toBe(3.5)
  expect(smoothedScore(5, 1)).toBeCloseTo(40 / 11)
  expect(smoothedScore(5, 100)).toBeCloseTo(535 / 110)
  expect(smoothedScore(1, 1)).toBeCloseTo(36 / 11)
  expect(smoothedScore(4.6, 200)).toBeGreaterThan(smoothedScore(5, 3))
})

test('nothing that was rated gives neither a division by zero nor a bad name', () => {
  const distribution = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 }
  expect(ratingSummary(distribution)).toEqual({ count: 0, average: 0, smoothed: 3.5, distribution })
})

test('a summary is that of the single ratings, and a better rating never lowers it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 60 }), (ratings) => {
      const of = (all: number[]) => {
        const count = (stars: number) => all.filter((each) => each === stars).length
        return ratingSummary({ 1: count(1), 2: count(2), 3: count(3), 4: count(4), 5: count(5) })
      }
      const { count, average, smoothed, distribution } = of(ratings)
      expect(count).toBe(ratings.length)
      expect(average).toBeCloseTo(ratings.reduce((sum, stars) => sum + stars, 0) / ratings.length)
      expect(smoothed).toBeGreaterThanOrEqual(Math.min(average, 3.5))
      expect(smoothed).toBeLessThanOrEqual(Math.max(average, 3.5))
      const fours = ratings.filter((stars) => stars === 4).length
      expect(countIn(distribution, 4)).toBe(fours)
      expect(countIn(distribution)).toBe(count)
      expect(of([...ratings, 5]).smoothed).toBeGreaterThan(smoothed)
      expect(of([...ratings, 1]).smoothed).toBeLessThan(smoothed)
    }),
    { numRuns: 200 },
  )
})
