import type { Submission } from '@plexica/api'
import { useTexts } from '../language/language.tsx'
import { FindingItem } from './finding-item.tsx'
import styles from './findings-panel.module.css'

/** What the checks found, the worst first, each with its place and what to do. */
export function FindingsPanel({ submission: { id, findings } }: { submission: Submission }) {
  const texts = useTexts().review
  return (
    <section aria-labelledby="findings" className={styles.panel}>
      <h2 id="findings">
        {texts.findings} {findings.length > 0 && <span className={styles.count}>{findings.length}</span>}
      </h2>
      {findings.length === 0 && <p className={styles.none}>{texts.noFindingsLead}</p>}
      <ul className={`plain-list ${styles.list}`}>
        {findings.map((finding, index) => (
          <li key={index} className={styles.item}>
            <FindingItem submissionId={id} finding={finding} />
          </li>
        ))}
      </ul>
    </section>
  )
}
