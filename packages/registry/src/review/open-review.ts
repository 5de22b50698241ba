import type { Trx, VersionRow } from '../db/tables.ts'
import { findBase } from './base-store.ts'
import { riskOf } from './submission-risk.ts'
import { insertSubmission } from './submission-store.ts'
import { capabilityDelta } from './version-delta.ts'

/** Puts a version into the queue. The caller appends its `submission.created` as the last thing of the transaction. */
export async function openReview(
  trx: Trx,
  row: VersionRow,
  { by, at }: { by: string; at: string },
): Promise<{ id: string }> {
  const base = await findBase(trx, row, at)
  const risk = riskOf({
    findings: JSON.parse(row.findings),
    delta: capabilityDelta(base, row),
    isFirst: base === undefined,
  })
  return insertSubmission(trx, row, { submittedBy: by, at, risk })
}
