import type { Submission } from '@plexica/api'
import type { SubmissionRow } from '../db/tables.ts'

/** Milliseconds after which a reviewer is taken to have gone. */
const claimTime = 30 * 60_000

/** Claims made at this time or before it are over. */
export function claimsEndedAt(now: Date): string {
  return new Date(now.getTime() - claimTime).toISOString()
}

/** Who looks at a waiting submission; null when nobody does, or no longer. */
export function claimOf(
  row: Pick<SubmissionRow, 'state' | 'claimed_by' | 'claimed_at'>,
  now: Date,
): Submission['claim'] {
  const { state, claimed_by: by, claimed_at: at } = row
  if (state !== 'pending_review' || by === null || at === null) return null
  const until = new Date(Date.parse(at) + claimTime)
  return until > now ? { by, at, until: until.toISOString() } : null
}
