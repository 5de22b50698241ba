import type { Submission } from '@plexica/api'
import { Link } from '@tanstack/react-router'
import { Badge } from '../design/badge.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { ClaimButton, useIsMine } from './claim-button.tsx'
import { useDecider } from './decided-notice.tsx'
import styles from './queue-table.module.css'
import { RiskBadges } from './risk-badges.tsx'
import { nameOf } from './submission-name.ts'

/** Submissions, waiting or decided, each leading to the desk. */
export function QueueTable({
  submissions,
  waiting,
  selected,
  onSelect,
}: {
  submissions: readonly Submission[]
  /** Whether these wait for a decision. */
  waiting: boolean
  selected: ReadonlySet<string>
  onSelect: (submissionId: string, on: boolean) => void
}) {
  const texts = useTexts().review
  const { number } = useFormat()
  const isMine = useIsMine()
  const deciderOf = useDecider()
  const plugin: Column<Submission> = {
    title: texts.plugin,
    cell: ({ id, pluginId, version }) => (
      <Link
        to="/desk/review/$submissionId"
        params={{ submissionId: id }}
        className={styles.plugin}
        data-submission={id}
      >
        {pluginId} <span className={styles.version}>{version}</span>
      </Link>
    ),
  }
  const by: Column<Submission> = { title: texts.by, cell: ({ submittedBy }) => <bdi>{submittedBy}</bdi> }
  const risk: Column<Submission> = { title: texts.risk, cell: (one) => <RiskBadges submission={one} /> }
  const columns: Column<Submission>[] = waiting
    ? [
        {
          title: <span className="visually-hidden">{texts.select('')}</span>,
          cell: (one) => (
            <input
              type="checkbox"
              className={styles.box}
              aria-label={texts.select(nameOf(one))}
              title={isMine(one) ? undefined : texts.selectOwn}
              disabled={!isMine(one)}
              checked={isMine(one) && selected.has(one.id)}
              onChange={({ target }) => onSelect(one.id, target.checked)}
            />
          ),
        },
        plugin,
        by,
        { title: texts.waiting, cell: ({ submittedAt }) => <TimeAgo at={submittedAt} /> },
        { title: texts.place, number: true, cell: ({ position }) => (position === null ? '' : number(position)) },
        risk,
        {
          title: texts.lookedAt,
          cell: (one) => (
            <span className={styles.claim}>
              {one.claim && (isMine(one) ? <Badge tone="good">{texts.you}</Badge> : <bdi>{one.claim.by}</bdi>)}
              <ClaimButton submission={one} small />
            </span>
          ),
        },
      ]
    : [
        plugin,
        by,
        { title: texts.decided, cell: ({ decidedAt }) => decidedAt && <TimeAgo at={decidedAt} /> },
        { title: texts.decision, cell: (one) => texts.decidedTitle[one.state](deciderOf(one)) },
        risk,
      ]
  return <DataTable label={texts.queue} columns={columns} rows={submissions} keyOf={({ id }) => id} />
}
