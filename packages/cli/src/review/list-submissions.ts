import type { Submission } from '@plexica/api'
import type { Outcome } from '../command.ts'
import type { ReviewListInput } from '../commands/review.ts'
import type { Context } from '../context.ts'
import { ageText } from '../style.ts'
import { openDesk } from './open-desk.ts'
import { findingsText } from './submission-words.ts'

/** The review queue. */
export async function listSubmissions(input: ReviewListInput, context: Context): Promise<Outcome> {
  const { console, signal } = context
  const state = (input.state ?? 'pending_review') as Submission['state']
  const sort = (input.sort ?? 'age') as 'age' | 'risk'
  const query = { state, sort, take: 100, ...(input.plugin ? { pluginId: input.plugin } : {}) }
  const answer = await openDesk(context, input).listSubmissions({ query, signal })
  const { submissions, total } = answer
  console.table(
    submissions.map((one) => [
      one.position === null ? '' : `${one.position}.`,
      one.id,
      `${one.pluginId}@${one.version}`,
      one.submittedBy,
      ageText(one.ageSeconds * 1000),
      `risk ${one.risk}`,
      findingsText(one),
      one.claim === null ? '' : `${one.claim.by} looks at it`,
    ]),
    { right: [0] },
  )
  if (total > 0 && state === 'pending_review') {
    console.note('`plexica review show ID` shows one of them, `plexica review walk` one after the other.')
  }
  if (total === 0) console.note(state === 'pending_review' ? 'Nothing waits for a decision.' : 'There is none.')
  else if (total > submissions.length) console.note(`${total - submissions.length} more wait behind these.`)
  return { answer }
}
