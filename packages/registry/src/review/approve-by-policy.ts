import type { Logger } from 'pino'
import type { Db } from '../db/tables.ts'
import { ownersOf } from '../plugins/owner-store.ts'
import { findVersion } from '../publishing/version-store.ts'
import type { World } from '../world.ts'
import { findBase } from './base-store.ts'
import { approveVersion, type Decided } from './decide-review.ts'
import { type PolicyFacts, policyRule } from './review-policy.ts'
import { findRejectionBefore, findSubmission } from './submission-store.ts'
import { capabilityDelta } from './version-delta.ts'

/**
 * Approves what has just been submitted when a rule of the policy says so, by the flow that a person's approval takes.
 * Never throws: whatever fails leaves the submission to a person.
 */
export async function approveByPolicy(
  world: World,
  submissionId: string | null,
  log: Logger,
): Promise<Decided | undefined> {
  const { db, reviewPolicy } = world
  if (!reviewPolicy || submissionId === null) return undefined
  try {
    const found = await factsOf(db, submissionId)
    const approved = found && policyRule(reviewPolicy, found.facts)
    if (!approved) return undefined
    const { pluginId, version, digest } = found
    const by = `policy:${approved.rule}`
    const decided = await approveVersion(world, { pluginId, version, digest, submissionId, by })
    log.info({ pluginId, version, digest, rule: approved.rule }, 'approved by policy')
    return decided
  } catch (error) {
    log.warn({ err: error, submissionId }, 'not approved by policy; the submission waits for a person')
    return undefined
  }
}

async function factsOf(
  db: Db,
  submissionId: string,
): Promise<{ pluginId: string; version: string; digest: string; facts: PolicyFacts } | undefined> {
  const submission = await findSubmission(db, submissionId)
  if (submission?.state !== 'pending_review') return undefined
  const { plugin_id: pluginId, version, digest } = submission
  const row = await findVersion(db, pluginId, version)
  if (row?.digest !== digest) return undefined
  const base = await findBase(db, row, submission.submitted_at)
  const facts = {
    people: [row.published_by, submission.submitted_by],
    owners: await ownersOf(db, pluginId),
    findings: JSON.parse(submission.findings),
    delta: capabilityDelta(base, row),
    isFirst: base === undefined,
    isResubmission: (await findRejectionBefore(db, submission)) !== undefined,
  }
  return { pluginId, version, digest, facts }
}
