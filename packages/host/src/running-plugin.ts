import type { Installation } from '@plexica/api'
import { type Contribution, contributionsOf, type PluginModule } from './contributions.ts'
import type { HostError } from './host-errors.ts'
import { createPluginApi, type PluginApi } from './plugin-api.ts'
import { loading, mayTryAgain, nextState, type PluginState } from './plugin-state.ts'

/** An installation and how far it has come in this page. Never changed, only replaced. */
export interface RunningPlugin {
  readonly installation: Installation
  readonly state: PluginState
  /** Of the version that was loaded last; it stays while another one loads. */
  readonly module: PluginModule
  readonly contributions: readonly Contribution[]
  /** The same for all of a plugin's time in the page, so that effects which depend on it do not run again. */
  readonly request: PluginApi['request']
}

export function startedPlugin(installation: Installation, request: PluginApi['request']): RunningPlugin {
  return { installation, state: loading, module: {}, contributions: [], request }
}

/** The plugin with what the registry says now, and whether its bundle has to be loaded (again). */
export function updatedPlugin(
  before: RunningPlugin,
  installation: Installation,
): { plugin: RunningPlugin; load: boolean } {
  const plugin = { ...before, installation }
  if (before.installation.digest !== installation.digest || mayTryAgain(before.state)) {
    return { plugin: { ...plugin, state: nextState(before.state, { type: 'reloaded' }) }, load: true }
  }
  const show = before.state.status === 'ready' && face(before.installation) !== face(installation)
  return { plugin: show ? shown(plugin, before.module) : plugin, load: false }
}

/** The plugin with its bundle's components in place. */
export function shown(plugin: RunningPlugin, module: PluginModule): RunningPlugin {
  const { tenantId, configuration } = plugin.installation
  const plexica = createPluginApi(tenantId, configuration, plugin.request)
  const { contributions, problems } = contributionsOf(plugin.installation, module, plexica)
  const again = nextState(plugin.state, { type: 'reloaded' })
  return { ...plugin, module, contributions, state: nextState(again, { type: 'loaded', problems }) }
}

export function failed(plugin: RunningPlugin, reason: HostError): RunningPlugin {
  const state = nextState(plugin.state, { type: 'failed', reason })
  return { ...plugin, module: {}, contributions: [], state }
}

/** Whether it will be the first of its kind at an extension point, once it is loaded. */
export function isAwaitedAt(plugin: RunningPlugin, extensionPoint: string): boolean {
  const here = (item: { extensionPoint: string }) => item.extensionPoint === extensionPoint
  return (
    plugin.state.status === 'loading' && plugin.installation.components.some(here) && !plugin.contributions.some(here)
  )
}

/** All that shows in a plugin's contributions, to compare. */
function face({ name, configuration, components }: Installation): string {
  return JSON.stringify([name, configuration, components])
}
