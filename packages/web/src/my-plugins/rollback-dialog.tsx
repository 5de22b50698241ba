import type { HistoryEntry } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { isNeeded, useInstallationChange } from './change-installation.ts'
import { historyQuery } from './history-query.ts'
import styles from './my-plugins.module.css'
import { NeededBy } from './needed-by.tsx'
import type { TaskProps } from './plugin-dialog.tsx'

/** So far back the last update is looked for. */
const take = 100

/** Asks before an update is undone. */
export function RollbackDialog({ installation, onClose }: TaskProps) {
  const texts = useTexts().myPlugins.rollingBack
  const say = useToast()
  const { tenantId, pluginId, name, version } = installation
  const [forced, setForced] = useState(false)
  const history = useQuery(historyQuery(tenantId, pluginId, { skip: 0, take }))
  const before = history.data && versionBefore(history.data.history)
  const rolling = useInstallationChange(
    tenantId,
    (force: boolean) =>
      registry.rollbackInstallation({ params: { tenantId, pluginId }, query: force ? { force } : {} }),
    (answer) => {
      say(texts.done(name, answer.version))
      onClose()
    },
  )
  const refused = isNeeded(rolling.error)
  return (
    <Dialog
      open
      onClose={onClose}
      title={texts.title(name)}
      footer={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            kind="primary"
            busy={rolling.isPending}
            disabled={before === undefined || (refused && !forced)}
            onClick={() => rolling.mutate(forced)}
          >
            {texts.rollback}
          </Button>
        </>
      }
    >
      <div className={styles.part}>
        <Loaded query={history}>
          {() => <p>{before === undefined ? texts.nothing : texts.lead(version, before)}</p>}
        </Loaded>
        {isNeeded(rolling.error) ? (
          <NeededBy refusal={rolling.error} forced={forced} onForce={setForced} />
        ) : (
          rolling.error && <Problem error={rolling.error} />
        )}
      </div>
    </Dialog>
  )
}

/** The version that the newest update left which was not undone yet; newest first, as the history comes. */
function versionBefore(history: readonly HistoryEntry[]): string | undefined {
  let undone = 0
  for (const { action, previousVersion } of history) {
    if (action === 'installed' || action === 'uninstalled') return undefined
    if (action === 'rolled-back') undone++
    else if (action === 'updated' && undone-- === 0) return previousVersion ?? undefined
  }
  return undefined
}
