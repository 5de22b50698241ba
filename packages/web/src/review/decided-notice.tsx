import type { Submission } from '@plexica/api'
import { Notice } from '../design/notice.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useTexts } from '../language/language.tsx'

/** Who decided about a submission: a person, or the rule of the policy that did. */
export function useDecider(): (submission: Submission) => string {
  const texts = useTexts().review
  return ({ decidedBy }) => {
    if (decidedBy === null) return texts.somebody
    return decidedBy.startsWith('policy:') ? texts.policy(decidedBy.slice('policy:'.length)) : decidedBy
  }
}

const tones = { approved: 'good', rejected: 'bad', replaced: 'warn', pending_review: 'info' } as const

/** What became of a submission, by whom and why. */
export function DecidedNotice({ submission }: { submission: Submission }) {
  const texts = useTexts().review
  const decider = useDecider()(submission)
  const { state, decidedAt, reason, points } = submission
  return (
    <Notice tone={tones[state]} title={texts.decidedTitle[state](decider)}>
      {decidedAt && (
        <p>
          <TimeAgo at={decidedAt} />
        </p>
      )}
      {state === 'replaced' && <p>{texts.replacedLead}</p>}
      {reason && <p dir="auto">{reason}</p>}
      {points.length > 0 && (
        <ul>
          {points.map(({ id, path, message }) => (
            <li key={id} dir="auto">
              {path && <code>{path}</code>} {message}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
