import { ChevronDown, ChevronRight } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Badge } from '../design/badge.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './file-row.module.css'
import type { ListedFile } from './listed-files.ts'

const FileDiff = lazy(() => import('./file-diff.tsx'))

const tones = { added: 'good', removed: 'bad', changed: 'info' } as const

/** One file: its size, what became of it, and its text when somebody opens it. */
export function FileRow({
  submissionId,
  baseId,
  file,
}: {
  submissionId: string
  /** Submission under which the approved version's files are read; null without one. */
  baseId: string | null
  file: ListedFile
}) {
  const texts = useTexts().review
  const { bytes } = useFormat()
  const [open, setOpen] = useState(false)
  const { path, mark, before, after } = file
  const Arrow = open ? ChevronDown : ChevronRight
  const sizes = [...new Set([before, after])].filter((size) => size !== null).map(bytes)
  return (
    <>
      <button type="button" aria-expanded={open} className={styles.row} onClick={() => setOpen(!open)}>
        <Arrow size={16} aria-hidden className={styles.arrow} />
        <code className={styles.path}>{path}</code>
        {mark !== 'same' && <Badge tone={tones[mark]}>{texts.marks[mark]}</Badge>}
        <span className={styles.size}>{sizes.join(' → ')}</span>
      </button>
      {open && (
        <div className={styles.text}>
          <Suspense fallback={<Skeleton lines={4} />}>
            <FileDiff submissionId={submissionId} baseId={baseId} file={file} />
          </Suspense>
        </div>
      )}
    </>
  )
}
