import type { Client, Submission } from '@plexica/api'
import { canAsk } from '../can-ask.ts'
import type { Outcome } from '../command.ts'
import type { ReviewWalkInput } from '../commands/review.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { failure } from '../failure.ts'
import { countText } from '../style.ts'
import { ask } from './ask-reviewer.ts'
import { approve, failureOf, reject, worse } from './decide-submissions.ts'
import { readDiff } from './diff-submission.ts'
import { layDiff } from './diff-texts.ts'
import { openDesk } from './open-desk.ts'
import { readKey } from './read-key.ts'
import { showPaged } from './show-paged.ts'
import { readEvidence, sayEvidence } from './show-submission.ts'

const keys = 'a approve   r reject   d diff   f findings   n next   q quit'

/** Shows what waits, one after the other, and decides with single keys about the bytes that are shown. */
export async function walkQueue(input: ReviewWalkInput, context: Context): Promise<Outcome> {
  if (!canAsk(context)) {
    throw failure('answer_missing', 'A walk through the queue needs a terminal.', {
      fix: 'Use `plexica review list`, `show`, `approve` and `reject`.',
    })
  }
  const { console, signal } = context
  const client = openDesk(context, input)
  const sort = (input.sort ?? 'age') as 'age' | 'risk'
  const query = { state: 'pending_review', sort, take: 100 } as const
  const { submissions, total } = await client.listSubmissions({ query, signal })
  const tally = { approved: 0, rejected: 0 }
  let exit: ExitCode = exitCodes.done
  for (const [index, submission] of submissions.entries()) {
    console.say(console.style.dim(`── ${index + 1} of ${total} ${'─'.repeat(40)}`))
    let end: End = 'stay'
    try {
      end = await visit(client, submission, context)
    } catch (error) {
      signal.throwIfAborted()
      const found = failureOf(error)
      // Without a registry, and without somebody who answers, there is no next one.
      if (found.exit === exitCodes.interrupted || found.exit === exitCodes.unreachable) throw error
      console.failure(found)
      exit = worse(exit, found.exit)
    }
    if (end === 'quit') break
    if (end === 'approved' || end === 'rejected') tally[end]++
  }
  const { approved, rejected } = tally
  console.say(
    `${approved} approved, ${rejected} rejected, ${countText(total - approved - rejected, 'submission')} left.`,
  )
  return { answer: { ...tally, left: total - approved - rejected }, exit }
}

type End = 'approved' | 'rejected' | 'next' | 'quit' | 'stay'

/** One submission, until somebody has decided about it or goes on. */
async function visit(client: Client, waiting: Submission, context: Context): Promise<End> {
  const { console, signal } = context
  const known = await readEvidence(client, waiting, signal)
  const { submission } = known
  sayEvidence(console, known)
  if (submission.state !== 'pending_review') return 'next'
  const actions: Record<string, () => Promise<End>> = {
    a: async () => {
      await approve(client, submission, context)
      return 'approved'
    },
    r: async () => {
      const reason = await ask('What has the author to change? (Enter alone goes back)', context)
      if (reason === '') return 'stay'
      await reject(client, submission, { reason }, context)
      return 'rejected'
    },
    d: async () => {
      const diff = await readDiff(client, submission, signal)
      await showPaged(layDiff({ submission, ...diff }, console.style), context)
      return 'stay'
    },
    f: async () => {
      if (submission.findings.length === 0) console.say('There are no findings.')
      console.findings(submission.findings, { again: true })
      return 'stay'
    },
    n: async () => 'next',
    q: async () => 'quit',
  }
  for (;;) {
    console.say(`${console.style.bold(`${submission.pluginId} ${submission.version}`)}   ${keys}`)
    const end = await (actions[await readKey(context)] ?? (async (): Promise<End> => 'stay'))()
    if (end !== 'stay') return end
  }
}
