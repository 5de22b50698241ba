import type { Submission } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { Badge } from '../design/badge.tsx'
import type { Tone } from '../design/notice.tsx'
import { useTexts } from '../language/language.tsx'
import { deltaQuery } from './review-queries.ts'
import styles from './risk-badges.module.css'

export const severityTones = { error: 'bad', warning: 'warn', info: 'info' } as const satisfies Record<string, Tone>

/** What makes a submission worth a closer look: its findings by severity, and what it may do that was not approved. */
export function RiskBadges({ submission }: { submission: Submission }) {
  const texts = useTexts().review
  const { id, state, risk, findingCounts } = submission
  const { data: delta } = useQuery({ ...deltaQuery(id), enabled: state === 'pending_review' })
  const grown = delta ? delta.permissions.added.total + delta.hosts.added.total : 0
  const severities = (['error', 'warning', 'info'] as const).filter((severity) => findingCounts[severity] > 0)
  return (
    <span className={styles.badges}>
      <span title={texts.riskHint(risk)} className={styles.risk}>
        {risk}
      </span>
      {severities.map((severity) => (
        <Badge key={severity} tone={severityTones[severity]}>
          {texts.findingCount[severity](findingCounts[severity])}
        </Badge>
      ))}
      {grown > 0 && <Badge tone="warn">{texts.grown(grown)}</Badge>}
      {severities.length === 0 && grown === 0 && <span className={styles.none}>{texts.noFindings}</span>}
    </span>
  )
}
