import { dayOf } from '../days.ts'
import type { EventRow } from '../db/tables.ts'
import type { DayChange } from './plugin-day-store.ts'

/** What is known of one tenant's installation of a plugin: undefined when there is none. */
export type Counted = { readonly enabled: boolean } | undefined

/** Events that say something about how many installations there are. */
export const countedTypes = [
  'installation.installed',
  'installation.uninstalled',
  'installation.enabled',
  'installation.disabled',
] as const

type InstallationEvent = Pick<EventRow, 'type' | 'plugin_id' | 'tenant_id' | 'happened_at'>

/**
 * What an event changes in what was counted before it. One that says what is known already, such as a second enabling,
 * changes nothing.
 */
export function installationChange(
  before: Counted,
  { type, plugin_id: pluginId, happened_at }: InstallationEvent,
): { after: Counted; change?: DayChange } {
  if (pluginId === null) return { after: before }
  const at = { pluginId, day: dayOf(new Date(happened_at)) }
  if (type === 'installation.installed') {
    return before ? { after: before } : { after: { enabled: true }, change: { ...at, installs: 1, enabledChange: 1 } }
  }
  if (!before) return { after: before }
  if (type === 'installation.uninstalled') {
    return { after: undefined, change: { ...at, uninstalls: 1, enabledChange: before.enabled ? -1 : 0 } }
  }
  const enabled = type === 'installation.enabled'
  if (enabled === before.enabled) return { after: before }
  return { after: { enabled }, change: { ...at, enabledChange: enabled ? 1 : -1 } }
}
