/** Milliseconds up to which each bucket reaches; each is 1.78 times as wide as the one before, the last ends at 600 s. */
export const timeBuckets: readonly number[] = Array.from({ length: 24 }, (_, n) => 600_000 ** (n / 23))

/** The bucket of a time in milliseconds. */
export function bucketOf(milliseconds: number): number {
  const bucket = timeBuckets.findIndex((upTo) => milliseconds <= upTo)
  return bucket === -1 ? timeBuckets.length - 1 : bucket
}

/** How often each bucket was met: bucket → times. */
export type TimeCounts = ReadonlyMap<number, number>

/**
 * The time in milliseconds under which this part of all stays, from 0 to 1; null where nothing was measured. Within a
 * bucket times count as spread evenly, so that it is never further off than the bucket is wide.
 */
export function quantile(counts: TimeCounts, part: number): number | null {
  let left = part * countTimes(counts)
  for (const [bucket, upTo] of timeBuckets.entries()) {
    const count = counts.get(bucket) ?? 0
    if (count > 0 && left <= count) {
      const from = timeBuckets[bucket - 1] ?? 0
      return Math.round((from + (upTo - from) * (left / count)) * 10) / 10
    }
    left -= count
  }
  return null
}

export function countTimes(counts: TimeCounts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}
