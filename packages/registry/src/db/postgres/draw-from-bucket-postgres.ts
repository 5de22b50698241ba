import { sql } from 'kysely'
import type { Db } from '../tables.ts'

/** The server's clock, so that processes need not agree. */
const now = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`

export async function drawFromBucketInPostgres(
  db: Db,
  bucket: string,
  { cost, full }: { cost: number; full: number },
): Promise<number> {
  const price = Math.ceil(cost)
  const { rows } = await sql<{ full_at: number }>`
    insert into rate_limits (bucket, full_at) values (${bucket}, ${now} + ${price}::bigint)
    on conflict (bucket) do update set full_at = greatest(rate_limits.full_at, ${now}) + ${price}::bigint
    where greatest(rate_limits.full_at, ${now}) + ${price}::bigint <= ${now} + ${full}::bigint
    returning full_at`.execute(db)
  if (rows.length > 0) return 0
  const spent = await sql<{ wait: number }>`
    select full_at + ${price}::bigint - ${full}::bigint - ${now} as wait from rate_limits where bucket = ${bucket}
  `.execute(db)
  return Math.max(1, spent.rows[0]?.wait ?? 1)
}

export async function forgetBucketsInPostgres(db: Db): Promise<void> {
  await sql`delete from rate_limits where full_at < ${now}`.execute(db)
}
