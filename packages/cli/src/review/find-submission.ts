import type { Client, Submission } from '@plexica/api'
import { failure } from '../failure.ts'

/**
 * The submission that somebody names by its id or as `plugin@version`. Under a version, the one that waits is meant; if
 * none does, the latest.
 */
export async function findSubmission(client: Client, name: string, signal: AbortSignal): Promise<Submission> {
  const [, pluginId, version] = /^([a-z][a-z0-9-]{1,62})@(.+)$/.exec(name) ?? []
  if (pluginId === undefined) return client.getSubmission({ params: { submissionId: name }, signal })
  for (const state of ['pending_review', 'approved', 'rejected', 'replaced'] as const) {
    const { submissions } = await client.listSubmissions({ query: { pluginId, state, take: 100 }, signal })
    const found = submissions.findLast((one) => one.version === version)
    if (found) return found
  }
  throw failure('submission_not_found', `There is no submission of \`${name}\`.`)
}
