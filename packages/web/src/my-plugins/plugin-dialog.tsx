import type { Installation } from '@plexica/api'
import { RollbackDialog } from './rollback-dialog.tsx'
import { UninstallDialog } from './uninstall-dialog.tsx'
import { UpdateDialog } from './update-dialog.tsx'

/** What somebody is about to do to a plugin. */
export interface PluginTask {
  readonly pluginId: string
  readonly kind: 'update' | 'rollback' | 'uninstall'
}

const dialogs = { update: UpdateDialog, rollback: RollbackDialog, uninstall: UninstallDialog }

export interface TaskProps {
  installation: Installation
  onClose: () => void
}

export function PluginDialog({ task, ...props }: TaskProps & { task: PluginTask }) {
  const Shown = dialogs[task.kind]
  return <Shown {...props} />
}
