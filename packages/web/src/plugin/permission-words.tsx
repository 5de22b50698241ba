import { useTexts } from '../language/language.tsx'
import styles from './plugin-panels.module.css'

/** What a permission means: in the platform’s words, else made from its name, and the name itself. */
export function PermissionWords({
  permission,
  description,
}: {
  permission: string
  /** What the platform says about it. */
  description?: string | undefined
}) {
  const texts = useTexts().plugin
  const [resource = '', action = ''] = permission.split(':')
  return (
    <>
      <p dir="auto">{description ?? texts.permissionActions[action]?.(resource) ?? texts.permissionOther}</p>
      <code className={styles.code}>{permission}</code>
    </>
  )
}
