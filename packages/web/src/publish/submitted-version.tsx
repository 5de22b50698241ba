import type { PublishAnswer } from '@plexica/api'
import { Link } from '@tanstack/react-router'
import { Button, buttonClass } from '../design/button.tsx'
import { CopyButton } from '../design/copy-button.tsx'
import { Notice } from '../design/notice.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './publish-plugin-modal.module.css'
import type { Publishing } from './use-publishing.ts'

/** What became of the package, and what happens next. */
export function SubmittedVersion({ publishing, onClose }: { publishing: Publishing; onClose: () => void }) {
  const texts = useTexts().publish
  const { number } = useFormat()
  const answer = publishing.publish.data
  if (!answer) return null
  const { id, submission, position, status } = answer
  const isPublished = status === 'published'
  return (
    <>
      <Notice tone="good" title={<TitleOf answer={answer} />} />
      <dl className={styles.facts}>
        {submission && (
          <>
            <dt>{texts.submission}</dt>
            <dd>
              <code>{submission}</code>
              <CopyButton text={submission} />
            </dd>
          </>
        )}
        {position !== null && (
          <>
            <dt>{texts.queue}</dt>
            <dd>{number(position)}</dd>
          </>
        )}
      </dl>
      <h3>{texts.whatNext}</h3>
      <ol className={styles.next}>
        {(isPublished ? texts.nextPublished : texts.nextWaiting).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      <div className={styles.buttons}>
        <Button onClick={onClose}>{texts.done}</Button>
        <Link
          to="/publish/$pluginId"
          params={{ pluginId: id }}
          onClick={onClose}
          className={buttonClass({ kind: 'primary' })}
        >
          {texts.manage}
        </Link>
      </div>
    </>
  )
}

function TitleOf({ answer: { id, version, created, status } }: { answer: PublishAnswer }) {
  const texts = useTexts().publish
  if (status === 'published') return texts.publishedTitle(id, version)
  return created ? texts.submittedTitle(id, version) : texts.hereTitle(id, version)
}
