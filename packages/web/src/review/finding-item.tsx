import type { Submission } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { Badge } from '../design/badge.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './finding-item.module.css'
import { fileQuery } from './review-queries.ts'
import { severityTones } from './risk-badges.tsx'

type Finding = Submission['findings'][number]

/** Characters of a line of code; minified ones are longer than any screen. */
const mostCharacters = 240

/** One finding: what is wrong, where, the line itself, and what to do. */
export function FindingItem({ submissionId, finding }: { submissionId: string; finding: Finding }) {
  const texts = useTexts().review
  const { severity, code, message, fix, path, line } = finding
  return (
    <div className={styles.finding}>
      <p className={styles.head}>
        <Badge tone={severityTones[severity]}>{texts.severities[severity]}</Badge> <code>{code}</code>
        {path && (
          <code className={styles.place}>
            {path}
            {line !== undefined && `:${line}`}
          </code>
        )}
      </p>
      <p>{message}</p>
      {path && line !== undefined && <SourceLine {...{ submissionId, path, line }} />}
      <p className={styles.fix}>
        {texts.fix}: {fix}
      </p>
    </div>
  )
}

function SourceLine({ submissionId, path, line }: { submissionId: string; path: string; line: number }) {
  const texts = useTexts().review
  const { data, error } = useQuery(fileQuery(submissionId, path))
  const source = data?.split('\n', line)[line - 1]
  if (error || (data !== undefined && source === undefined)) {
    return <p className={styles.missing}>{texts.sourceMissing}</p>
  }
  if (source === undefined) return null
  const text = source.trim()
  return (
    <pre className={styles.source} dir="ltr">
      <span className={styles.number}>{line}</span>
      {text.slice(0, mostCharacters)}
      {text.length > mostCharacters && texts.minified(String(text.length))}
    </pre>
  )
}
