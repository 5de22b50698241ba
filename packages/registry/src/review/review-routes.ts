import type { PackageFile } from '@plexica/inspect'
import { pluginRefusal, publishRefusal, seesDrafts } from '../auth/policy.ts'
import { isSuperAdmin, known, subjectOf } from '../auth/principal.ts'
import type { SubmissionRow } from '../db/tables.ts'
import { byteReply } from '../http/byte-reply.ts'
import type { Call, Handler } from '../http/handler.ts'
import { RegistryError } from '../http/registry-error.ts'
import { ownersOf } from '../plugins/owner-store.ts'
import { noPlugin, requireVisible } from '../plugins/require-visible.ts'
import { requireKept } from '../publishing/package-blob.ts'
import { approveByPolicy } from './approve-by-policy.ts'
import { claimsEndedAt } from './claim.ts'
import * as claims from './claim-submission.ts'
import * as decide from './decide-review.ts'
import * as mark from './mark-point.ts'
import * as queue from './queue-store.ts'
import { readPackedText } from './read-packed-file.ts'
import * as show from './show-submissions.ts'

const listSubmissions: Handler<'listSubmissions'> = async ({ world, query, principal }) => {
  const { skip = 0, take = 20, state = 'pending_review', sort = 'age', pluginId, mine = false } = query
  const refused = pluginRefusal(known(principal).reach, pluginId)
  if (refused) throw new RegistryError(refused.code, refused.detail)
  // A pipeline sees those of the plugins that trust it, which it does not own.
  const seesAll =
    isSuperAdmin(principal) ||
    (pluginId !== undefined && seesDrafts(principal, await ownersOf(world.db, pluginId), pluginId))
  const owner = seesAll ? undefined : subjectOf(principal)
  const claim = mine ? { by: subjectOf(principal), after: claimsEndedAt(world.now()) } : undefined
  const { rows, total } = await queue.listSubmissions(world.db, { state, pluginId, owner, claim, sort, skip, take })
  return { submissions: await show.showSubmissions(world, rows), total }
}

const getSubmission: Handler<'getSubmission'> = async ({ world, params, principal }) =>
  show.showDetail(world, await show.visibleSubmission(world, principal, params.submissionId))

const getSubmissionDelta: Handler<'getSubmissionDelta'> = async ({ world, params, principal }) =>
  show.showDelta(world, await show.visibleSubmission(world, principal, params.submissionId))

const listSubmissionFiles: Handler<'listSubmissionFiles'> = async ({ world, params, query, principal }) => {
  const { skip = 0, take = 20 } = query
  const submission = await show.visibleSubmission(world, principal, params.submissionId)
  const files: PackageFile[] = JSON.parse((await show.submittedVersion(world, submission)).files)
  const page = files.slice(skip, skip + take)
  return { files: page.map(({ path, bytes, integrity }) => ({ path, bytes, integrity })), total: files.length }
}

const getSubmissionFile: Handler<'getSubmissionFile'> = async ({ world, params, principal, headers }) => {
  const submission = await show.visibleSubmission(world, principal, params.submissionId)
  const row = await show.submittedVersion(world, submission)
  requireKept(row, { pluginId: row.plugin_id, version: row.version })
  const { file, bytes } = await readPackedText(world, row, params.path.join('/'))
  return byteReply(headers, {
    etag: `"${file.integrity}"`,
    bytes: bytes.length,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
      // Opened by itself, what a stranger wrote may do nothing in the registry's name.
      'content-security-policy': "default-src 'none'; sandbox",
    },
    open: async (range) => (range ? bytes.subarray(range.start, range.end + 1) : bytes),
  })
}

/** The submission that the address names, told to the audit by its version. */
async function submissionOf({
  world,
  params,
  about,
}: Pick<Call<'releaseSubmission'>, 'world' | 'params' | 'about'>): Promise<SubmissionRow> {
  const row = await claims.requireSubmission(world.db, params.submissionId)
  about({ pluginId: row.plugin_id, version: row.version })
  return row
}

const claimSubmission: Handler<'claimSubmission'> = async (call) => {
  const { world, body, principal } = call
  const { id: submissionId } = await submissionOf(call)
  const { takeOver = false } = body
  const row = await claims.claimSubmission(world, { submissionId, takeOver, by: subjectOf(principal) })
  return show.showSubmission(world, row)
}

const releaseSubmission: Handler<'releaseSubmission'> = async (call) => {
  const { id: submissionId } = await submissionOf(call)
  await claims.releaseSubmission(call.world, { submissionId, by: subjectOf(call.principal) })
  return undefined
}

const markPoint: Handler<'markPoint'> = async (call) => {
  const { world, params, body, principal } = call
  await submissionOf(call)
  return show.showDetail(world, await mark.markPoint(world, { ...params, ...body, by: subjectOf(principal) }))
}

const approveSubmission: Handler<'approveSubmission'> = async (call) => {
  const { id: submissionId, plugin_id: pluginId, version, digest } = await submissionOf(call)
  const by = subjectOf(call.principal)
  return decide.approveVersion(call.world, { pluginId, version, digest, submissionId, by })
}

const rejectSubmission: Handler<'rejectSubmission'> = async (call) => {
  const { id: submissionId, plugin_id: pluginId, version, digest } = await submissionOf(call)
  const by = subjectOf(call.principal)
  return decide.rejectVersion(call.world, { pluginId, version, digest, submissionId, ...call.body, by })
}

const submitVersion: Handler<'submitVersion'> = async ({
  world,
  params: { pluginId },
  body,
  principal,
  log,
  about,
}) => {
  about({ version: body.version })
  await requireVisible(world.db, pluginId, principal)
  const owners = await ownersOf(world.db, pluginId)
  if (owners.length === 0) throw noPlugin(pluginId)
  const refused = publishRefusal(principal, pluginId, owners)
  if (refused) throw new RegistryError(refused.code, refused.detail)
  const submitted = await decide.submitVersion(world, { pluginId, version: body.version, by: subjectOf(principal) })
  return (await approveByPolicy(world, submitted.submission, log)) ?? submitted
}

const approveVersion: Handler<'approveVersion'> = ({ world, params: { pluginId }, body, principal, about }) => {
  about({ version: body.version })
  return decide.approveVersion(world, { pluginId, ...body, by: subjectOf(principal) })
}

const rejectVersion: Handler<'rejectVersion'> = ({ world, params: { pluginId }, body, principal, about }) => {
  about({ version: body.version })
  return decide.rejectVersion(world, { pluginId, ...body, by: subjectOf(principal) })
}

export const reviewHandlers = {
  listSubmissions,
  getSubmission,
  getSubmissionDelta,
  listSubmissionFiles,
  getSubmissionFile,
  claimSubmission,
  releaseSubmission,
  markPoint,
  approveSubmission,
  rejectSubmission,
  submitVersion,
  approveVersion,
  rejectVersion,
}
