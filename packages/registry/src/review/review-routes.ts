import type { Submission, SubmissionState } from '@plexica/api'
import { pluginRefusal, publishRefusal, seesDrafts } from '../auth/policy.ts'
import { known, subjectOf } from '../auth/principal.ts'
import type { Handler } from '../http/handler.ts'
import { RegistryError } from '../http/registry-error.ts'
import { ownersOf } from '../plugins/owner-store.ts'
import * as decide from './decide-review.ts'
import * as store from './submission-store.ts'

const listSubmissions: Handler<'listSubmissions'> = async ({ world, query, principal }) => {
  const { skip = 0, take = 20, state = 'pending_review', pluginId } = query
  const refused = pluginRefusal(known(principal).reach, pluginId)
  if (refused) throw new RegistryError(refused.code, refused.detail)
  const isReviewer = principal.kind === 'key' && principal.role === 'super-admin'
  const owner = isReviewer ? undefined : subjectOf(principal)
  const { rows, total } = await store.listSubmissions(world.db, { state, pluginId, owner, skip, take })
  return { submissions: rows.map(submissionView), total }
}

const getSubmission: Handler<'getSubmission'> = async ({ world, params, principal }) => {
  const row = await store.findSubmission(world.db, params.submissionId)
  if (!row || !seesDrafts(principal, await ownersOf(world.db, row.plugin_id), row.plugin_id)) {
    throw new RegistryError('submission_not_found', `There is no submission ${params.submissionId}.`)
  }
  return submissionView(row)
}

const submitVersion: Handler<'submitVersion'> = async ({ world, params: { pluginId }, body, principal, about }) => {
  about({ version: body.version })
  const owners = await ownersOf(world.db, pluginId)
  if (owners.length === 0) throw new RegistryError('plugin_not_found', `There is no plugin ${pluginId}.`)
  const refused = publishRefusal(principal, pluginId, owners)
  if (refused) throw new RegistryError(refused.code, refused.detail)
  return decide.submitVersion(world, { pluginId, version: body.version, by: subjectOf(principal) })
}

const approveVersion: Handler<'approveVersion'> = ({ world, params: { pluginId }, body, principal, about }) => {
  about({ version: body.version })
  return decide.approveVersion(world, { pluginId, ...body, by: subjectOf(principal) })
}

const rejectVersion: Handler<'rejectVersion'> = ({ world, params: { pluginId }, body, principal, about }) => {
  about({ version: body.version })
  return decide.rejectVersion(world, { pluginId, ...body, by: subjectOf(principal) })
}

function submissionView(row: store.PlacedSubmission): Submission {
  return {
    id: row.id,
    pluginId: row.plugin_id,
    version: row.version,
    digest: row.digest,
    state: row.state as SubmissionState,
    submittedBy: row.submitted_by,
    submittedAt: row.submitted_at,
    position: row.position,
    findings: JSON.parse(row.findings),
    capabilities: JSON.parse(row.capabilities),
    quality: { score: row.quality_score, outOf: row.quality_out_of },
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    reason: row.reason,
  }
}

export const reviewHandlers = { listSubmissions, getSubmission, submitVersion, approveVersion, rejectVersion }
