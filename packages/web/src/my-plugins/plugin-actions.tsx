import type { Installation, InstallationUpdate } from '@plexica/api'
import { useNavigate } from '@tanstack/react-router'
import { ArrowUpCircle, Ellipsis, History, Settings2, Trash2, Undo2 } from 'lucide-react'
import { useMay } from '../app/session.ts'
import { Badge } from '../design/badge.tsx'
import { IconButton } from '../design/button.tsx'
import { Menu, MenuItem, MenuLine } from '../design/menu.tsx'
import { Switch } from '../design/switch.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { useInstallationChange } from './change-installation.ts'
import styles from './my-plugins.module.css'
import type { PluginTask } from './plugin-dialog.tsx'

/** Whether a plugin is on, and what can be done to it; for those who may not change it, only whether it is on. */
export function PluginActions({
  installation,
  update,
  onTask,
}: {
  installation: Installation
  update: InstallationUpdate | undefined
  onTask: (task: PluginTask) => void
}) {
  const texts = useTexts().myPlugins
  const mayChange = useMay()('installation:manage')
  const navigate = useNavigate()
  const { pluginId, name, enabled } = installation
  if (!mayChange) return enabled ? <Badge tone="good">{texts.enabled}</Badge> : <Badge>{texts.disabled}</Badge>
  const open = (tab: 'configuration' | 'history') =>
    void navigate({ to: '/my-plugins/$pluginId', params: { pluginId }, search: { tab } })
  return (
    <div className={styles.actions}>
      <EnabledSwitch installation={installation} />
      <Menu
        trigger={
          <IconButton label={texts.actions(name)}>
            <Ellipsis size={20} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Settings2 size={16} aria-hidden />} onSelect={() => open('configuration')}>
          {texts.configure}
        </MenuItem>
        <MenuItem icon={<History size={16} aria-hidden />} onSelect={() => open('history')}>
          {texts.history}
        </MenuItem>
        <MenuLine />
        {update && (
          <MenuItem
            icon={<ArrowUpCircle size={16} aria-hidden />}
            onSelect={() => onTask({ pluginId, kind: 'update' })}
          >
            {texts.update}
          </MenuItem>
        )}
        <MenuItem icon={<Undo2 size={16} aria-hidden />} onSelect={() => onTask({ pluginId, kind: 'rollback' })}>
          {texts.rollback}
        </MenuItem>
        <MenuItem
          danger
          icon={<Trash2 size={16} aria-hidden />}
          onSelect={() => onTask({ pluginId, kind: 'uninstall' })}
        >
          {texts.uninstall}
        </MenuItem>
      </Menu>
    </div>
  )
}

function EnabledSwitch({ installation: { tenantId, pluginId, name, enabled } }: { installation: Installation }) {
  const texts = useTexts().myPlugins
  const say = useToast()
  const params = { tenantId, pluginId }
  const turning = useInstallationChange(tenantId, (on: boolean) =>
    on ? registry.enablePlugin({ params }) : registry.disablePlugin({ params }),
  )
  const turn = (on: boolean) =>
    turning.mutate(on, {
      onSuccess: () => say(on ? texts.nowEnabled(name) : texts.nowDisabled(name)),
      onError: (error) => say(error.message, 'bad'),
    })
  return (
    <Switch
      label={
        <>
          {enabled ? texts.enabled : texts.disabled}
          <span className="visually-hidden"> {name}</span>
        </>
      }
      checked={turning.isPending ? turning.variables : enabled}
      disabled={turning.isPending}
      onChange={({ target }) => turn(target.checked)}
    />
  )
}
