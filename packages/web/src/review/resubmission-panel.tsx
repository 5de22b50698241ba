import type { SubmissionDetail } from '@plexica/api'
import { Badge } from '../design/badge.tsx'
import { Button } from '../design/button.tsx'
import { Problem } from '../design/problem.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './resubmission-panel.module.css'
import { useReview } from './review-queries.ts'

const tones = { fixed: 'good', 'still-open': 'bad', new: 'warn' } as const

/** What has become of what the rejection before this submission asked for. */
export function ResubmissionPanel({ submission }: { submission: SubmissionDetail }) {
  const texts = useTexts().review
  const { mark } = useReview(submission.id)
  const { resubmission, state: submissionState } = submission
  if (!resubmission) return null
  const { version, decidedBy, decidedAt, reason, points, findings } = resubmission
  const groups = [
    ['fixed', texts.findingsFixed, findings.fixed],
    ['still-open', texts.findingsOpen, findings.stillOpen],
    ['new', texts.findingsNew, findings.new],
  ] as const
  return (
    <section aria-labelledby="resubmission" className={styles.panel}>
      <h2 id="resubmission">{texts.resubmission(version)}</h2>
      <p>
        {texts.rejectedBy(decidedBy)}, <TimeAgo at={decidedAt} />: <bdi>{reason}</bdi>
      </p>
      {points.length > 0 && (
        <>
          <h3>{texts.askedFor}</h3>
          <ul className={`plain-list ${styles.points}`}>
            {points.map(({ id, path, code, message, state, markedBy }) => {
              const other = state === 'fixed' ? 'still-open' : 'fixed'
              return (
                <li key={id} className={styles.point}>
                  <Badge tone={tones[state]}>{texts.pointStates[state]}</Badge>
                  <div className={styles.words}>
                    {(path || code) && (
                      <p className={styles.place}>
                        <code>{[path, code].filter(Boolean).join(' · ')}</code>
                      </p>
                    )}
                    <p dir="auto">{message}</p>
                    {markedBy && <p className={styles.place}>{texts.saidBy(markedBy)}</p>}
                  </div>
                  {submissionState === 'pending_review' && (
                    <Button
                      small
                      busy={mark.isPending && mark.variables.pointId === id}
                      onClick={() => mark.mutate({ pointId: id, state: other })}
                    >
                      {other === 'fixed' ? texts.markFixed : texts.markOpen}
                    </Button>
                  )}
                </li>
              )
            })}
          </ul>
          {mark.error && <Problem error={mark.error} />}
        </>
      )}
      {groups.map(
        ([state, title, list]) =>
          list.length > 0 && (
            <div key={state}>
              <h3>{title}</h3>
              <ul className={`plain-list ${styles.points}`}>
                {list.map(({ code, path, message }, index) => (
                  <li key={index} className={styles.point}>
                    <Badge tone={tones[state]}>{texts.pointStates[state]}</Badge>
                    <div className={styles.words}>
                      <p className={styles.place}>
                        <code>{[path, code].filter(Boolean).join(' · ')}</code>
                      </p>
                      <p>{message}</p>
                    </div>
                  </li>
                ))}
              </ul>
            </div>
          ),
      )}
    </section>
  )
}
