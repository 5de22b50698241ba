import { ApiError } from '@plexica/api/client'
import { useTexts } from '../language/language.tsx'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'
import styles from './problem.module.css'

/** What went wrong in the registry's words: the sentence, what to do, every finding, and the number to ask about. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const texts = useTexts().design
  const known = error instanceof ApiError ? error : undefined
  return (
    <Notice
      tone="bad"
      title={known?.message ?? texts.failed}
      action={
        onRetry && (
          <Button small onClick={onRetry}>
            {texts.retry}
          </Button>
        )
      }
    >
      {known?.fix && <p>{known.fix}</p>}
      {known && known.findings.length > 0 && (
        <ul className={styles.findings}>
          {known.findings.map(({ code, message, fix, path }) => (
            <li key={`${code} ${path} ${message}`}>
              {message} {fix}
            </li>
          ))}
        </ul>
      )}
      {known?.requestId && known.status >= 500 && <p className={styles.request}>{texts.requestId(known.requestId)}</p>}
    </Notice>
  )
}
