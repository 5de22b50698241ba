import type { Submission, SubmissionDelta } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '../design/loaded.tsx'
import { Notice } from '../design/notice.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { ChangeList } from './change-list.tsx'
import { type Change, changesOf, namesOf, sizeChange } from './changes.ts'
import styles from './delta-panel.module.css'
import { deltaQuery } from './review-queries.ts'

/** What differs from the version that was approved last, what may do harm first. */
export function DeltaPanel({ submission }: { submission: Submission }) {
  const texts = useTexts().review
  const delta = useQuery(deltaQuery(submission.id))
  const base = delta.data?.base
  return (
    <section aria-labelledby="changes" className={styles.panel}>
      <h2 id="changes">{base ? texts.changesSince(base.version) : texts.changes}</h2>
      <Loaded query={delta}>
        {(found) => (found ? <Sections delta={found} /> : <Notice tone="warn">{texts.noDelta}</Notice>)}
      </Loaded>
    </section>
  )
}

function Sections({ delta }: { delta: SubmissionDelta }) {
  const texts = useTexts().review
  const { bytes } = useFormat()
  const { parts } = delta
  const whole = (items: string[]) => ({ items: items.map((part) => partName(part)), total: items.length })
  const partName = (part: string) => (part === 'frontend' || part === 'backend' ? texts.partNames[part] : part)
  const sections: Record<keyof typeof texts.sections, { changes: Change[]; left: number }> = {
    permissions: namesOf(delta.permissions),
    hosts: namesOf(delta.hosts),
    parts: namesOf({ added: whole(parts.added), removed: whole(parts.removed) }),
    dependencies: changesOf(delta.dependencies, (version) => version),
    sizes: {
      changes: [
        ...sizeChange(texts.bundle, delta.bundleBytes, bytes),
        ...sizeChange(texts.packed, delta.packedBytes, bytes),
      ],
      left: 0,
    },
    configuration: changesOf(delta.configuration, valueText),
    components: changesOf(delta.components, valueText),
    manifest: changesOf(delta.manifest, valueText),
  }
  const named = Object.entries(sections).filter(([, { changes }]) => changes.length > 0)
  return (
    <>
      {delta.base === null && <p className={styles.first}>{texts.firstVersion}</p>}
      {named.length === 0 && <p>{texts.nothingChanged}</p>}
      <div className={styles.sections}>
        {named.map(([id, { changes, left }]) => (
          <section key={id} aria-labelledby={`changes-${id}`} className={styles.section}>
            <h3 id={`changes-${id}`}>{texts.sections[id as keyof typeof sections]}</h3>
            <ChangeList
              changes={changes}
              left={left}
              warnAdded={id === 'permissions' || id === 'hosts' || id === 'parts'}
            />
          </section>
        ))}
      </div>
    </>
  )
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
