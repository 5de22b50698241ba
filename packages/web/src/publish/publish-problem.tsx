import { ApiError } from '@plexica/api/client'
import { Notice } from '../design/notice.tsx'
import { Problem } from '../design/problem.tsx'
import { useTexts } from '../language/language.tsx'
import { FindingList } from './finding-list.tsx'
import styles from './publish-plugin-modal.module.css'
import { FileGone } from './use-publishing.ts'

/** Why a package was not taken; its findings as the check shows them. */
export function PublishProblem({ error }: { error: Error }) {
  const texts = useTexts().publish
  if (error instanceof FileGone) return <Notice tone="bad" title={texts.fileGone(error.message)} />
  if (!(error instanceof ApiError) || error.code !== 'package_refused') return <Problem error={error} />
  return (
    <div className={styles.form}>
      <Notice tone="bad" title={error.message}>
        <p>{error.fix}</p>
      </Notice>
      <FindingList findings={error.findings} />
    </div>
  )
}
