import { hasErrors } from '@plexica/manifest-schema/validate'
import type { Outcome } from '../command.ts'
import type { ReviewListInput } from '../commands/review.ts'
import { connectWithKey } from '../connect.ts'
import type { Context } from '../context.ts'
import { readSettings } from '../settings.ts'
import { ageText, countText } from '../style.ts'

/** The review queue. */
export async function listSubmissions(input: ReviewListInput, context: Context): Promise<Outcome> {
  const { console, cwd, env, signal } = context
  const settings = readSettings({ folder: cwd, env, options: input })
  const state = (input.state ?? 'pending_review') as 'pending_review'
  const query = { state, take: 100, ...(input.plugin ? { pluginId: input.plugin } : {}) }
  const answer = await connectWithKey(context, settings).listSubmissions({ query, signal })
  const { submissions, total } = answer
  console.table(
    submissions.map((one) => [
      one.position === null ? '' : `${one.position}.`,
      one.id,
      `${one.pluginId}@${one.version}`,
      one.submittedBy,
      ageText(Date.now() - Date.parse(one.submittedAt)),
      hasErrors(one.findings) ? 'errors' : countText(one.findings.length, 'finding'),
    ]),
    { right: [0] },
  )
  if (total === 0) console.note(state === 'pending_review' ? 'Nothing waits for a decision.' : 'There is none.')
  else if (total > submissions.length) console.note(`${total - submissions.length} more wait behind these.`)
  return { answer }
}
