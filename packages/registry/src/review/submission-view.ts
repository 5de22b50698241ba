import type { Submission, SubmissionState } from '@plexica/api'
import { type Finding, sortFindings } from '@plexica/manifest-schema'
import type { SubmissionRow } from '../db/tables.ts'
import { claimOf } from './claim.ts'
import { secondsBetween } from './waiting-time.ts'

export function submissionView(
  row: SubmissionRow,
  { now, position, typicalWait }: { now: Date; position: number | null; typicalWait: number | null },
): Submission {
  const findings: Finding[] = JSON.parse(row.findings)
  const count = (wanted: Finding['severity']) => findings.filter(({ severity }) => severity === wanted).length
  return {
    id: row.id,
    pluginId: row.plugin_id,
    version: row.version,
    digest: row.digest,
    state: row.state as SubmissionState,
    submittedBy: row.submitted_by,
    submittedAt: row.submitted_at,
    position,
    ageSeconds: secondsBetween(row.submitted_at, row.decided_at ?? now.toISOString()),
    typicalWaitSeconds: row.state === 'pending_review' ? typicalWait : null,
    claim: claimOf(row, now),
    severity: sortFindings(findings)[0]?.severity ?? null,
    findingCounts: { error: count('error'), warning: count('warning'), info: count('info') },
    risk: row.risk,
    findings,
    capabilities: JSON.parse(row.capabilities),
    quality: { score: row.quality_score, outOf: row.quality_out_of },
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    reason: row.reason,
    points: JSON.parse(row.points),
  }
}
