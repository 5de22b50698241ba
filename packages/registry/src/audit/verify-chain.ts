import { pieces } from '../db/pieces.ts'
import type { AuditRow, Db } from '../db/tables.ts'
import { type ChainEnd, emptyChain, follows } from './audit-chain.ts'
import { rowsAfter } from './audit-store.ts'

/** Rows in memory at a time. */
const batch = 1_000

/** Every row of the audit in order. */
export async function* everyAuditRow(db: Db): AsyncGenerator<AuditRow> {
  const next = (end: ChainEnd = emptyChain, take: number) => rowsAfter(db, end, take)
  for await (const rows of pieces<AuditRow>(batch, next)) yield* rows
}

/** What came of looking through the audit: where it ends, and the number at which it was changed, if it was. */
export interface Verified {
  readonly end: ChainEnd
  /** The first row that is missing, or is not as it was written. */
  readonly brokenAt: number | null
}

/** Follows the chain from its beginning. Rows cut off at the end do not show: compare the end with one noted before. */
export async function verifyChain(db: Db): Promise<Verified> {
  let end = emptyChain
  for await (const row of everyAuditRow(db)) {
    if (!follows(end, row)) return { end, brokenAt: end.number + 1 }
    end = { number: row.number, hash: row.hash }
  }
  return { end, brokenAt: null }
}
