import { ApiError, type Client, type Submission, type SubmissionDelta, type VersionDetail } from '@plexica/api'
import { failure } from '../failure.ts'

/** Whether somebody names a submission by its version and not by its id. */
export function namesVersion(name: string): boolean {
  return versionName.test(name)
}

const versionName = /^([a-z][a-z0-9-]{1,62})@(.+)$/

/**
 * The submission that somebody names by its id or as `plugin@version`. Under a version, the one that waits is meant; if
 * none does, the latest.
 */
export async function findSubmission(client: Client, name: string, signal: AbortSignal): Promise<Submission> {
  const [, pluginId, version] = versionName.exec(name) ?? []
  if (pluginId === undefined) return client.getSubmission({ params: { submissionId: name }, signal })
  for (const state of ['pending_review', 'approved', 'rejected', 'replaced'] as const) {
    const { submissions } = await client.listSubmissions({ query: { pluginId, state, take: 100 }, signal })
    const found = submissions.findLast((one) => one.version === version)
    if (found) return found
  }
  throw failure('submission_not_found', `There is no submission of \`${name}\`.`)
}

/** What differs from the approved version; null when other bytes have taken this submission's place. */
export async function findDelta(
  client: Client,
  submissionId: string,
  signal: AbortSignal,
): Promise<SubmissionDelta | null> {
  try {
    return await client.getSubmissionDelta({ params: { submissionId }, signal })
  } catch (error) {
    if (error instanceof ApiError && error.code === 'digest_changed') return null
    throw error
  }
}

/** The version that was submitted; null when other bytes have taken its number since then. */
export async function findVersion(
  client: Client,
  { pluginId, version, digest }: Pick<Submission, 'pluginId' | 'version' | 'digest'>,
  signal: AbortSignal,
): Promise<VersionDetail | null> {
  const detail = await client.getVersion({ params: { pluginId, version }, signal })
  return detail.digest === digest ? detail : null
}
