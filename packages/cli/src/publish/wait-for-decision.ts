import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError, type Client, type Submission } from '@plexica/api'
import { failure } from '../failure.ts'

/** Milliseconds between two looks: soon at first, because policies decide at once, then rarely, because people do not. */
const pauses = { first: 500, growth: 1.5, longest: 10_000 }

/**
 * Looks at a submission until it is decided, and gives it then. A registry that is away for a while is asked again.
 * Throws a failure after `seconds`, which leaves the submission where it is.
 */
export async function waitForDecision(wait: {
  client: Client
  submissionId: string
  seconds: number
  signal: AbortSignal
  onLook: (submission: Submission) => void
}): Promise<Submission> {
  const { client, submissionId, seconds, signal } = wait
  const end = performance.now() + seconds * 1000
  for (let pause = pauses.first; ; pause = Math.min(pause * pauses.growth, pauses.longest)) {
    const submission = await look(client, submissionId, signal)
    if (submission && submission.state !== 'pending_review') return submission
    if (submission) wait.onLook(submission)
    const left = end - performance.now()
    if (left <= 0) {
      const place = submission?.position ? `, at position ${submission.position}` : ''
      throw failure('wait_timed_out', `Submission ${submissionId} is still waiting for its review${place}.`)
    }
    await sleep(Math.min(pause, left), undefined, { signal })
  }
}

/** Undefined when the registry cannot answer just now. Every other error is final. */
async function look(client: Client, submissionId: string, signal: AbortSignal): Promise<Submission | undefined> {
  try {
    return await client.getSubmission({ params: { submissionId }, signal })
  } catch (error) {
    const passing = error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500)
    if (passing) return undefined
    throw error
  }
}
