import { Choice } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { useTexts } from '../language/language.tsx'
import type { ApiError } from '../registry/client.ts'
import styles from './my-plugins.module.css'

/** Names what would be left without something that it needs, and lets somebody decide for it all the same. */
export function NeededBy({
  refusal,
  forced,
  onForce,
}: {
  refusal: ApiError
  forced: boolean
  onForce: (forced: boolean) => void
}) {
  const texts = useTexts().myPlugins
  return (
    <Notice tone="bad" title={texts.neededTitle}>
      <ul className={styles.needed}>
        {refusal.findings.map(({ message, fix }) => (
          <li key={message}>
            {message} {fix}
          </li>
        ))}
      </ul>
      <Choice label={texts.force} checked={forced} onChange={({ target }) => onForce(target.checked)} />
    </Notice>
  )
}
