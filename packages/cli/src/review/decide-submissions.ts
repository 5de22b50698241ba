import type { AnswerOf, BodyOf, Client, Routes, Submission } from '@plexica/api'
import { ApiError } from '@plexica/api'
import { failureOfApi } from '../api-failure.ts'
import { canAsk } from '../can-ask.ts'
import type { Outcome } from '../command.ts'
import type { ReviewApproveInput, ReviewRejectInput } from '../commands/review.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { Failure, failure } from '../failure.ts'
import { printable } from '../style.ts'
import { confirm } from './ask-reviewer.ts'
import { findSubmission, namesVersion } from './find-submission.ts'
import { openDesk } from './open-desk.ts'
import { askReason, readPoint } from './rejection.ts'

export type Rejection = BodyOf<Routes['rejectSubmission']>
type Decided = AnswerOf<Routes['approveSubmission']>

export async function approveSubmissions(input: ReviewApproveInput, context: Context): Promise<Outcome> {
  return decideAll(input, context, async (client, submission, name) => {
    if (namesVersion(name)) await confirmDigest(submission, context)
    return approve(client, submission, context)
  })
}

export async function rejectSubmissions(input: ReviewRejectInput, context: Context): Promise<Outcome> {
  const points = (input.point ?? []).map(readPoint)
  const reason = input.reason?.trim() ? input.reason : await askReason(context)
  const rejection: Rejection = { reason, ...(points.length > 0 ? { points } : {}) }
  return decideAll(input, context, (client, submission) => reject(client, submission, rejection, context))
}

/** Approves the bytes of this submission and says so. The registry refuses when others have come for the version. */
export async function approve(client: Client, submission: Submission, context: Context): Promise<Decided> {
  const params = { submissionId: submission.id }
  return said(await client.approveSubmission({ params, signal: context.signal }), submission, 'Approved', context)
}

export async function reject(client: Client, submission: Submission, body: Rejection, context: Context) {
  const params = { submissionId: submission.id }
  return said(await client.rejectSubmission({ params, body, signal: context.signal }), submission, 'Rejected', context)
}

function said(decided: Decided, submission: Submission, verb: string, { console }: Context): Decided {
  const { digest, id, version } = decided
  if (digest !== submission.digest) {
    throw failure('answer_damaged', `The registry decided about ${digest} instead of ${submission.digest}.`)
  }
  console.say(`${console.style.green('✔')} ${verb} ${id} ${version}`)
  console.say(`  ${console.style.dim(digest)}`)
  return decided
}

/**
 * A version's name says nothing about its bytes, which may have changed since somebody looked at them; the id of a
 * submission does. So the bytes that are found under a name are shown, and a person says that they are meant.
 */
async function confirmDigest({ id, pluginId, version, digest }: Submission, context: Context): Promise<void> {
  if (!canAsk(context)) {
    throw failure(
      'answer_missing',
      `${pluginId}@${version} is ${digest}, and nobody can be asked whether it is meant.`,
      {
        fix: `Name the submission, which means these bytes and no others: plexica review approve ${id}`,
      },
    )
  }
  context.console.say(`  digest      ${digest}`)
  if (!(await confirm(`Approve these bytes as ${pluginId} ${version}?`, context))) {
    throw failure('interrupted', 'Nothing was decided.')
  }
}

type Decide = (client: Client, submission: Submission, name: string) => Promise<Decided>

/** One after the other; one that fails does not keep the others from their decision. The worst one is the exit code. */
async function decideAll(
  input: Pick<ReviewApproveInput, 'submissions' | 'apiUrl' | 'apiKey'>,
  context: Context,
  decide: Decide,
): Promise<Outcome> {
  const { console, signal } = context
  const client = openDesk(context, input)
  const decisions: object[] = []
  let exit: ExitCode = exitCodes.done
  for (const name of new Set(input.submissions)) {
    signal.throwIfAborted()
    try {
      const submission = await findSubmission(client, name, signal)
      const { id, pluginId, version, digest } = submission
      const { status } = await decide(client, submission, name)
      decisions.push({ submission: id, id: pluginId, version, digest, status })
    } catch (error) {
      const found = failureOf(error)
      console.note(`${console.style.red('✖')} ${printable(name)}`)
      console.failure(found)
      const { code, message, fix, findings } = found
      decisions.push({ submission: name, error: { code, message, fix, findings } })
      exit = worse(exit, found.exit)
    }
  }
  return { answer: { decisions }, exit }
}

/** What the shell hears of several failures: the highest code. */
export function worse(one: ExitCode, other: ExitCode): ExitCode {
  return one > other ? one : other
}

/** Throws what is no failure of one decision. */
export function failureOf(error: unknown): Failure {
  const found = error instanceof Failure ? error : error instanceof ApiError ? failureOfApi(error) : undefined
  if (!found) throw error
  return found
}
