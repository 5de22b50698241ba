import type { Client, PublishAnswer, RaisedPoint, Submission } from '@plexica/api'
import type { Finding } from '@plexica/manifest-schema/validate'
import { type Failure, failure } from '../failure.ts'

/** These very bytes were rejected earlier. The reason stands in the submission. */
export async function rejection(
  { id, version, submission: submissionId }: PublishAnswer,
  client: Client,
  signal: AbortSignal,
): Promise<Failure> {
  if (submissionId === null) return failure('submission_rejected', `${id} ${version} was rejected.`)
  return rejected(await client.getSubmission({ params: { submissionId }, signal }))
}

/** A rejection with its reason; what the reviewer asks for, point by point, stands before what the registry found. */
export function rejected({ pluginId, version, decidedBy, reason, points, findings }: Submission): Failure {
  const by = decidedBy === null ? '' : ` by ${decidedBy}`
  const why = reason === null ? '.' : `: ${reason}`
  return failure('submission_rejected', `${pluginId} ${version} was rejected${by}${why}`, {
    findings: [...points.map(findingOf), ...findings],
  })
}

function findingOf({ code, path, message, state }: RaisedPoint): Finding {
  return {
    code: code ?? 'review-point',
    severity: 'error',
    message: state === 'still-open' ? `${message} (asked for before)` : message,
    fix: 'Mend it and publish again; the version number may stay.',
    ...(path === undefined ? {} : { path }),
  }
}
