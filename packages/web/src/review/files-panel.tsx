import type { SubmissionDelta, VersionDetail } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { Choice } from '../design/field.tsx'
import { Loaded } from '../design/loaded.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { FileRow } from './file-row.tsx'
import styles from './files-panel.module.css'
import { listFiles } from './listed-files.ts'
import { deltaQuery } from './review-queries.ts'

/** Files that are listed before somebody asks for more. */
const page = 50

/** The files of the package, each opening its text or what differs in it. */
export function FilesPanel({ submissionId, files }: { submissionId: string; files: VersionDetail['files'] }) {
  const delta = useQuery(deltaQuery(submissionId))
  return <Loaded query={delta}>{(found) => <Files submissionId={submissionId} files={files} delta={found} />}</Loaded>
}

function Files({
  submissionId,
  files,
  delta,
}: {
  submissionId: string
  files: VersionDetail['files']
  delta: SubmissionDelta | null
}) {
  const texts = useTexts().review
  const { number } = useFormat()
  const [changedOnly, setChangedOnly] = useState(delta?.base != null)
  const [most, setMost] = useState(page)
  const listed = listFiles(files, delta)
  const matching = changedOnly ? listed.filter(({ mark }) => mark !== 'same') : listed
  const shown = matching.slice(0, most)
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <Choice
          label={texts.changedOnly}
          checked={changedOnly}
          onChange={({ target }) => setChangedOnly(target.checked)}
        />
        <span className={styles.count}>{texts.fileCount(number(shown.length), number(listed.length))}</span>
      </div>
      {shown.length === 0 && <p>{texts.noFileChanged}</p>}
      <ul className={`plain-list ${styles.list}`}>
        {shown.map((file) => (
          <li key={file.path} className={styles.item}>
            <FileRow submissionId={submissionId} baseId={delta?.base?.submission ?? null} file={file} />
          </li>
        ))}
      </ul>
      {matching.length > most && (
        <div>
          <Button small onClick={() => setMost(most + page)}>
            {texts.moreFiles(number(Math.min(page, matching.length - most)))}
          </Button>
        </div>
      )}
    </div>
  )
}
