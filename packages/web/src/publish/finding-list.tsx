import type { PreflightAnswer } from '@plexica/api'
import { Badge } from '../design/badge.tsx'
import type { Tone } from '../design/notice.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './finding-list.module.css'

type Finding = PreflightAnswer['findings'][number]

const tones: Record<Finding['severity'], Tone> = { error: 'bad', warning: 'warn', info: 'info' }

/** Everything that was found about a package: what is wrong, where, and what to do, as the command line says it. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const texts = useTexts().publish
  if (findings.length === 0) return null
  return (
    <section className={styles.findings}>
      <h4>{texts.findings(findings.length)}</h4>
      <ul className={`plain-list ${styles.list}`}>
        {findings.map(({ code, severity, message, fix, path, line }) => (
          <li key={`${code} ${path} ${line} ${message}`} className={styles.finding}>
            <p className={styles.head}>
              <Badge tone={tones[severity]}>{texts.severities[severity]}</Badge>
              {path && (
                <code className={styles.place}>
                  {path}
                  {line !== undefined && `:${line}`}
                </code>
              )}
              <a href={`/rules#${code}`} target="_blank" rel="noreferrer" aria-label={texts.about(code)}>
                <code>{code}</code>
              </a>
            </p>
            <p dir="auto">{message}</p>
            <p className={styles.fix} dir="auto">
              {texts.fix}: {fix}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
