import type { InstallationUpdate } from '@plexica/api'
import { ArrowUpCircle } from 'lucide-react'
import { Badge } from '../design/badge.tsx'
import { Button } from '../design/button.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './update-notification.module.css'

/** Tells that there are newer versions, and which of them ask for more than the installed ones. */
export function UpdateNotification({
  updates,
  onLook,
}: {
  updates: readonly InstallationUpdate[]
  /** For those who may update. */
  onLook: ((pluginId: string) => void) | undefined
}) {
  const texts = useTexts().myPlugins
  if (updates.length === 0) return null
  return (
    <section className={styles.banner} aria-labelledby="updates">
      <h2 id="updates" className={styles.title}>
        <ArrowUpCircle size={20} aria-hidden />
        {texts.updates(updates.length)}
      </h2>
      <ul className={`plain-list ${styles.list}`}>
        {updates.map((update) => (
          <li key={update.pluginId} className={styles.update}>
            <span className={styles.words}>
              <bdi>{update.name}</bdi> {update.installed} → {update.version} <Asks update={update} />
            </span>
            {onLook && (
              <Button small aria-label={`${texts.whatChanged}: ${update.name}`} onClick={() => onLook(update.pluginId)}>
                {texts.whatChanged}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Asks({ update: { compatible, newPermissions, newHosts } }: { update: InstallationUpdate }) {
  const texts = useTexts().myPlugins
  return (
    <>
      {!compatible && <Badge tone="bad">{texts.incompatible}</Badge>}
      {newPermissions.length > 0 && <Badge tone="warn">{texts.morePermissions(newPermissions.length)}</Badge>}{' '}
      {newHosts.length > 0 && <Badge tone="warn">{texts.moreHosts(newHosts.length)}</Badge>}
    </>
  )
}
