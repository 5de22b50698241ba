import type { Submission } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { DataTable } from '../design/data-table.tsx'
import { Loaded } from '../design/loaded.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { useDecider } from './decided-notice.tsx'
import styles from './history-panel.module.css'
import { historyQuery } from './review-queries.ts'

/** What was decided about this plugin before, the latest first. */
export function HistoryPanel({ submission }: { submission: Submission }) {
  const texts = useTexts().review
  const { number } = useFormat()
  const deciderOf = useDecider()
  const history = useQuery(historyQuery(submission.pluginId))
  return (
    <Loaded query={history}>
      {({ submissions, total }) => {
        const others = submissions.filter(({ id }) => id !== submission.id)
        if (others.length === 0) return <p>{texts.noHistory}</p>
        return (
          <div className={styles.history}>
            {total > submissions.length && (
              <p className={styles.count}>{texts.historyCount(number(submissions.length), number(total))}</p>
            )}
            <DataTable<Submission>
              label={texts.history}
              rows={others}
              keyOf={({ id }) => id}
              columns={[
                {
                  title: texts.version,
                  cell: ({ id, version }) => (
                    <Link to="/desk/review/$submissionId" params={{ submissionId: id }}>
                      {version}
                    </Link>
                  ),
                },
                { title: texts.decision, cell: (one) => texts.decidedTitle[one.state](deciderOf(one)) },
                { title: texts.when, cell: ({ decidedAt }) => decidedAt && <TimeAgo at={decidedAt} /> },
                { title: texts.reason, cell: ({ reason }) => <span dir="auto">{reason}</span> },
              ]}
            />
          </div>
        )
      }}
    </Loaded>
  )
}
