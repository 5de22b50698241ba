import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { isNeeded, useInstallationChange } from './change-installation.ts'
import { NeededBy } from './needed-by.tsx'
import type { TaskProps } from './plugin-dialog.tsx'

/** Asks before a plugin goes with its configuration; once more, with names, when others need it. */
export function UninstallDialog({ installation, onClose }: TaskProps) {
  const texts = useTexts().myPlugins.uninstalling
  const say = useToast()
  const { tenantId, pluginId, name, version } = installation
  const [forced, setForced] = useState(false)
  const navigate = useNavigate()
  const uninstalling = useInstallationChange(
    tenantId,
    (force: boolean) => registry.uninstallPlugin({ params: { tenantId, pluginId }, query: force ? { force } : {} }),
    () => {
      say(texts.done(name))
      onClose()
      void navigate({ to: '/my-plugins' })
    },
  )
  const refused = isNeeded(uninstalling.error)
  return (
    <Dialog
      open
      onClose={onClose}
      title={texts.title(name)}
      lead={texts.lead(version)}
      footer={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            kind="danger"
            busy={uninstalling.isPending}
            disabled={refused && !forced}
            onClick={() => uninstalling.mutate(forced)}
          >
            {texts.uninstall}
          </Button>
        </>
      }
    >
      {isNeeded(uninstalling.error) ? (
        <NeededBy refusal={uninstalling.error} forced={forced} onForce={setForced} />
      ) : (
        uninstalling.error && <Problem error={uninstalling.error} />
      )}
    </Dialog>
  )
}
