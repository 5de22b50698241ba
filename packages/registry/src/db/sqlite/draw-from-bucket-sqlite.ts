import type { Db } from '../tables.ts'

/** Buckets of one database; full ones are forgotten when there are more. */
const mostBuckets = 20_000

/** When each bucket is full again, in milliseconds of `performance.now()`. */
const fullAt = new WeakMap<Db, Map<string, number>>()

/** A SQLite file has one process that answers requests: its memory does what a synced write would cost too much for. */
export async function drawFromBucketInMemory(
  db: Db,
  bucket: string,
  { cost, full }: { cost: number; full: number },
): Promise<number> {
  const buckets = fullAt.get(db) ?? new Map<string, number>()
  fullAt.set(db, buckets)
  const now = performance.now()
  const then = Math.max(buckets.get(bucket) ?? now, now) + cost
  if (then > now + full) return then - now - full
  buckets.set(bucket, then)
  if (buckets.size > mostBuckets) forgetFull(buckets, now)
  return 0
}

export async function forgetBucketsInMemory(db: Db): Promise<void> {
  forgetFull(fullAt.get(db) ?? new Map(), performance.now())
}

function forgetFull(buckets: Map<string, number>, now: number): void {
  for (const [bucket, at] of buckets) if (at <= now) buckets.delete(bucket)
}
