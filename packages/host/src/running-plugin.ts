import { type Contribution, contributionsOf, type PluginModule } from './contributions.ts'
import type { Assigned } from './experiment.ts'
import type { FrameOfPlugin } from './frame.ts'
import type { HostError } from './host-errors.ts'
import { createPluginApi, type PluginApi } from './plugin-api.ts'
import { loading, mayTryAgain, nextState, type PluginState } from './plugin-state.ts'

/** What loading a plugin brings: what its bundle exports, or where its components run instead. */
export interface Loaded {
  readonly module: PluginModule
  readonly frame?: FrameOfPlugin | undefined
}

/** An installation and how far it has come in this page. Never changed, only replaced. */
export interface RunningPlugin {
  readonly installation: Assigned
  readonly state: PluginState
  /** Of the version that was loaded last; it stays while another one loads. */
  readonly loaded: Loaded
  readonly contributions: readonly Contribution[]
  /** What this version does worse than it may: code and component → the first that was seen. */
  readonly warnings: ReadonlyMap<string, HostError>
  /** Whether this version was tried before, in vain: nobody is kept waiting for it. */
  readonly again: boolean
  /** The same for all of a plugin's time in the page, so that effects which depend on it do not run again. */
  readonly request: PluginApi['request']
}

const nothing: Loaded = { module: {} }
const noWarnings: RunningPlugin['warnings'] = new Map()

export function startedPlugin(installation: Assigned, request: PluginApi['request']): RunningPlugin {
  return {
    installation,
    state: loading,
    loaded: nothing,
    contributions: [],
    warnings: noWarnings,
    again: false,
    request,
  }
}

/** The plugin with what the registry says now, and whether its bundle has to be loaded (again). */
export function updatedPlugin(before: RunningPlugin, installation: Assigned): { plugin: RunningPlugin; load: boolean } {
  const plugin = { ...before, installation }
  const isSame = isSameLoad(before.installation, installation)
  if (!isSame || mayTryAgain(before.state)) {
    const state = nextState(before.state, { type: 'reloaded' })
    return { plugin: { ...plugin, state, again: isSame, warnings: isSame ? before.warnings : noWarnings }, load: true }
  }
  const show = before.state.status === 'ready' && face(before.installation) !== face(installation)
  return { plugin: show ? shown(plugin, before.loaded) : plugin, load: false }
}

/** Whether loading the one is as good as loading the other: the same bytes, in the page or in frames. */
export function isSameLoad(one: Assigned, other: Assigned): boolean {
  return one.digest === other.digest && (one.sandbox === null) === (other.sandbox === null)
}

/** The plugin with its bundle's components in place. */
export function shown(plugin: RunningPlugin, loaded: Loaded): RunningPlugin {
  const { tenantId, configuration } = plugin.installation
  const plexica = createPluginApi(tenantId, configuration, plugin.request)
  const { contributions, problems } = contributionsOf(plugin.installation, loaded.module, plexica, loaded.frame)
  const again = nextState(plugin.state, { type: 'reloaded' })
  return { ...plugin, loaded, contributions, state: nextState(again, { type: 'loaded', problems }) }
}

export function failed(plugin: RunningPlugin, reason: HostError): RunningPlugin {
  const state = nextState(plugin.state, { type: 'failed', reason })
  return { ...plugin, loaded: nothing, contributions: [], state }
}

/** The plugin with one more warning; the same plugin when it has that already. */
export function warned(plugin: RunningPlugin, warning: HostError, component = ''): RunningPlugin {
  const key = `${warning.code} ${component}`
  if (plugin.warnings.has(key)) return plugin
  return { ...plugin, warnings: new Map(plugin.warnings).set(key, warning) }
}

/** Whether it will be the first of its kind at an extension point, once it is loaded. */
export function isAwaitedAt(plugin: RunningPlugin, extensionPoint: string): boolean {
  const here = (item: { extensionPoint: string }) => item.extensionPoint === extensionPoint
  return (
    plugin.state.status === 'loading' &&
    !plugin.again &&
    plugin.installation.components.some(here) &&
    !plugin.contributions.some(here)
  )
}

/** All that shows in a plugin's contributions, to compare. */
function face({ name, configuration, components }: Assigned): string {
  return JSON.stringify([name, configuration, components])
}
