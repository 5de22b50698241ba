import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketOf, countTimes, quantile, timeBuckets } from './time-buckets.ts'

const counted = (times: readonly number[]) => {
  const counts = new Map<number, number>()
  for (const time of times) counts.set(bucketOf(time), (counts.get(bucketOf(time)) ?? 0) + 1)
  return counts
}

describe('buckets', () => {
  test('reach from a millisecond to ten minutes', () => {
    expect([timeBuckets.length, timeBuckets[0]]).toEqual([24, 1])
    expect(timeBuckets.at(-1)).toBeCloseTo(600_000, 3)
    expect(timeBuckets).toEqual(timeBuckets.toSorted((a, b) => a - b))
  })

  test.each([
    [0, 0],
    [1, 0],
    [1.01, 1],
    [600_000, 23],
    [600_001, 23],
  ])('%d ms stands in bucket %d', (time, bucket) => {
    expect(bucketOf(time)).toBe(bucket)
  })
})

describe('a quantile', () => {
  test('of nothing is nothing', () => {
    expect(quantile(new Map(), 0.5)).toBeNull()
  })

  test('lies within a bucket by the share of those below it', () => {
    const [from = 0, upTo = 0] = timeBuckets.slice(7, 9)
    const counts = new Map([[8, 10]])
    expect(quantile(counts, 0.5)).toBeCloseTo((from + upTo) / 2, 0)
    expect(quantile(counts, 1)).toBeCloseTo(upTo, 0)
  })

  test('is never further off than the bucket of the true one', () => {
    const time = fc.double({ min: 0, max: 600_000, noNaN: true })
    const part = fc.constantFrom(0.5, 0.95)
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 200 }), part, (times, wanted) => {
        const counts = counted(times)
        expect(countTimes(counts)).toBe(times.length)
        const sorted = times.toSorted((a, b) => a - b)
        const bucket = bucketOf(sorted[Math.ceil(wanted * times.length) - 1] ?? 0)
        const found = quantile(counts, wanted) ?? Number.NaN
        // Answers have one decimal.
        expect(found).toBeGreaterThanOrEqual((timeBuckets[bucket - 1] ?? 0) - 0.05)
        expect(found).toBeLessThanOrEqual((timeBuckets[bucket] ?? 0) + 0.05)
      }),
    )
  })
})
