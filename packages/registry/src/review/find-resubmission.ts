import type { EarlierPoint, SubmissionDetail } from '@plexica/api'
import type { Db, SubmissionRow } from '../db/tables.ts'
import { findingsDelta, judgePoints, type Rejection } from './resubmission.ts'
import { findRejectionBefore } from './submission-store.ts'

/** How a submission answers the rejection before it; null when there is none. */
export async function findResubmission(db: Db, row: SubmissionRow): Promise<SubmissionDetail['resubmission']> {
  const earlier = await findRejectionBefore(db, row)
  if (!earlier) return null
  const { findings } = rejectionOf(earlier)
  return {
    rejected: earlier.id,
    version: earlier.version,
    decidedBy: earlier.decided_by ?? '',
    decidedAt: earlier.decided_at ?? '',
    reason: earlier.reason ?? '',
    points: judge(earlier, row),
    findings: findingsDelta(findings, JSON.parse(row.findings)),
  }
}

/** The points of the rejection before a submission; none when there was none. */
export async function judgedPointsOf(db: Db, row: SubmissionRow): Promise<EarlierPoint[]> {
  const earlier = await findRejectionBefore(db, row)
  return earlier ? judge(earlier, row) : []
}

function judge(earlier: SubmissionRow, row: SubmissionRow): EarlierPoint[] {
  return judgePoints(rejectionOf(earlier), JSON.parse(row.findings), JSON.parse(row.point_marks))
}

function rejectionOf({ points, findings }: SubmissionRow): Rejection {
  return { points: JSON.parse(points), findings: JSON.parse(findings) }
}
