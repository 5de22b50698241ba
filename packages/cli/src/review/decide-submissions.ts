import type { Client, Submission } from '@plexica/api'
import { failureOfApi } from '../api-failure.ts'
import { canAsk } from '../can-ask.ts'
import type { Outcome } from '../command.ts'
import type { ReviewApproveInput, ReviewRejectInput } from '../commands/review.ts'
import { connectWithKey } from '../connect.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { Failure, failure } from '../failure.ts'
import { readSettings } from '../settings.ts'
import { printable } from '../style.ts'
import { findSubmission } from './find-submission.ts'

export async function approveSubmissions(input: ReviewApproveInput, context: Context): Promise<Outcome> {
  return decideAll(input, context, 'Approved', (client, { pluginId, version, digest }) =>
    client.approveVersion({ params: { pluginId }, body: { version, digest }, signal: context.signal }),
  )
}

export async function rejectSubmissions(input: ReviewRejectInput, context: Context): Promise<Outcome> {
  const reason = await reasonOf(input, context)
  return decideAll(input, context, 'Rejected', (client, { pluginId, version, digest }) =>
    client.rejectVersion({ params: { pluginId }, body: { version, digest, reason }, signal: context.signal }),
  )
}

async function reasonOf({ reason }: ReviewRejectInput, context: Context): Promise<string> {
  if (reason?.trim()) return reason
  if (!canAsk(context)) {
    throw failure('answer_missing', 'A rejection needs its reason.', { fix: 'Give it with --reason "…".' })
  }
  const { default: inquirer } = await import('inquirer')
  const answers = await inquirer.prompt<{ reason: string }>([
    {
      type: 'input',
      name: 'reason',
      message: 'What has the author to change?',
      validate: (text: string) => text.trim() !== '' || 'The author reads this; write a sentence.',
    },
  ])
  return answers.reason
}

type Decide = (client: Client, submission: Submission) => Promise<{ status: string }>

/** One after the other; one that fails does not keep the others from their decision. The first failure is the exit code. */
async function decideAll(input: ReviewApproveInput, context: Context, verb: string, decide: Decide): Promise<Outcome> {
  const { console, cwd, env, signal } = context
  const settings = readSettings({ folder: cwd, env, options: input })
  const client = connectWithKey(context, settings)
  const decisions: object[] = []
  let exit: ExitCode = exitCodes.done
  for (const name of new Set(input.submissions)) {
    signal.throwIfAborted()
    try {
      // The digest is that of the submission: bytes that came since then are not decided about.
      const submission = await findSubmission(client, name, signal)
      const { id, pluginId, version, digest } = submission
      const { status } = await decide(client, submission)
      console.say(`${verb} ${pluginId} ${version}`)
      console.say(`  ${console.style.dim(digest)}`)
      decisions.push({ submission: id, id: pluginId, version, digest, status })
    } catch (error) {
      const found = error instanceof Failure ? error : failureOfApi(error)
      if (!found) throw error
      console.note(`${printable(name)}:`)
      console.failure(found)
      const { code, message, fix, findings } = found
      decisions.push({ submission: name, error: { code, message, fix, findings } })
      if (exit === exitCodes.done) exit = found.exit
    }
  }
  return { answer: { decisions }, exit }
}
