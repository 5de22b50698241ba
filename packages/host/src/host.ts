import type { Installation, Variant } from '@plexica/api'
import { slowRender } from './budgets.ts'
import { connectRegistry, type Token } from './connect-registry.ts'
import { byExtensionPoint, type Contribution, type Contributions } from './contributions.ts'
import { type Assigned, assigned } from './experiment.ts'
import { HostError, isHostError, messageOf } from './host-errors.ts'
import { keepCurrent } from './keep-current.ts'
import { listInstallations } from './list-installations.ts'
import { loadPlugin } from './load-plugin.ts'
import { pause } from './pause.ts'
import { createRequest, type PlatformApi } from './plugin-api.ts'
import { nextState, type PluginState } from './plugin-state.ts'
import {
  failed,
  isAwaitedAt,
  isSameLoad,
  type RunningPlugin,
  shown,
  startedPlugin,
  updatedPlugin,
  warned,
} from './running-plugin.ts'
import { type SharedModules, shareModules } from './share-modules.ts'
import { startTelemetry } from './telemetry.ts'
import { visitorOfBrowser } from './visitor.ts'

export interface HostOptions {
  /** Address of the registry, e.g. `https://plugins.example`. */
  registry: string
  tenant: string
  /**
   * Sent to the registry as a bearer token. Plugins run in the same page, so give one that may do no more than the
   * tenant's user may: a short-lived token of the platform, never an administrator's key. A function is asked before
   * every call, so that it can renew what is about to end.
   */
  token?: Token
  /** What the platform answers to plugins. */
  api?: PlatformApi
  /** What the page shares with plugins, as shareModules() takes it. */
  shared?: SharedModules
  /** Milliseconds that a bundle may take until it is ready; 10,000 unless told. */
  timeout?: number
  /** Milliseconds between two questions to the registry while its event stream cannot be had; 30,000 unless told. */
  pollEvery?: number
  /**
   * Who looks at the page, for experiments: the same text at every visit, and no name. Unless told, a random one that
   * the browser keeps.
   */
  visitor?: string | undefined
  /** Whether the registry is told how plugins do: load and render times, and errors. True unless told. */
  telemetry?: boolean
}

/** The list of the tenant's plugins: being asked for, known, or why not. What was known before stays in the page. */
export type HostStatus =
  | { readonly status: 'loading' }
  | { readonly status: 'ready' }
  | { readonly status: 'failed'; readonly reason: Error }

/** An enabled plugin of the tenant. */
export interface Plugin {
  readonly id: string
  readonly name: string
  readonly version: string
  /** Which of its configurations the visitor gets; `a` where no experiment runs. */
  readonly variant: Variant
  readonly state: PluginState
  /** What it does worse than it may, although it is shown. */
  readonly warnings: readonly HostError[]
}

/** Runs a tenant's plugins in this page. What its methods return stays the same object until it changes. */
export interface Host {
  status(): HostStatus
  /** By id. */
  plugins(): readonly Plugin[]
  /** What loaded plugins contribute to an extension point, by plugin id and then in the manifest's order. */
  contributions(extensionPoint: string): readonly Contribution[]
  /** Whether the list of plugins, or a plugin that has something new for this extension point, is on its way. */
  loading(extensionPoint: string): boolean
  /** Calls back after every change. Returns how to stop. */
  subscribe(listener: () => void): () => void
  /**
   * Asks the registry again, as the host does by itself when it hears of a change: takes away what is no longer enabled,
   * loads what is new, tries again what could not be fetched. Resolves when every plugin is ready or failed; rejects with
   * an `ApiError` when the list cannot be had.
   */
  refresh(): Promise<void>
  /** Records that a component could not be rendered. */
  report(contribution: Contribution, thrown: unknown): void
  /** Records how many milliseconds a component took to render, of its own. */
  measured(contribution: Contribution, milliseconds: number): void
  /** Takes all plugins away, for good. */
  stop(): void
}

const none: readonly Contribution[] = []

/** Milliseconds that the first plugins have the network for themselves. */
const firstMoment = 1_000

/** Starts to load the tenant's enabled plugins. Throws for an address that is none, never for what a plugin does. */
export function createHost(options: HostOptions): Host {
  const { tenant, token, api = {}, timeout = 10_000, pollEvery = 30_000 } = options
  const base = new URL(options.registry).href
  const registry = connectRegistry({ url: base, token })
  if (options.shared) shareModules(options.shared)
  const telemetry =
    options.telemetry === false
      ? undefined
      : startTelemetry((reports) => {
          // Lost when it is refused: it is worth no second question.
          registry.reportTelemetry({ params: { tenantId: tenant }, body: { reports } }).catch(() => {})
        })
  const running = new Map<string, RunningPlugin>()
  const loads = new Map<string, Promise<void>>()
  const listeners = new Set<() => void>()
  let visitor = options.visitor
  let listing = new AbortController()
  let latest: Promise<unknown> = Promise.resolve()
  let stopFollowing: (() => void) | undefined
  let stopped = false

  let status: HostStatus = { status: 'loading' }
  let plugins: readonly Plugin[] = []
  let points: Contributions = new Map()

  function changed() {
    plugins = [...running.values()].map(pluginOf).sort((a, b) => (a.id < b.id ? -1 : 1))
    points = byExtensionPoint(new Map([...running].map(([id, { contributions }]) => [id, contributions])), points)
    for (const listener of listeners) {
      try {
        listener()
      } catch (thrown) {
        reportError(thrown)
      }
    }
  }

  function set(pluginId: string, plugin: RunningPlugin) {
    running.set(pluginId, plugin)
    changed()
  }

  async function load(installation: Assigned): Promise<void> {
    const { pluginId } = installation
    /** The plugin, unless it went or became another while it was loaded. */
    const awaited = () => {
      const plugin = running.get(pluginId)
      const isAwaited = plugin?.state.status === 'loading' && isSameLoad(plugin.installation, installation)
      return isAwaited ? plugin : undefined
    }
    try {
      const isWanted = () => awaited() !== undefined
      const { took, warning, ...loaded } = await loadPlugin(installation, { base, timeout, isWanted })
      const plugin = awaited()
      if (!plugin) return
      if (took !== undefined) telemetry?.loaded(installation, took)
      if (warning) telemetry?.failed(installation, warning)
      const next = shown(plugin, loaded)
      if (next.state.status === 'ready') {
        for (const { reason, component } of next.state.problems) telemetry?.failed(installation, reason, component)
      }
      set(pluginId, warning ? warned(next, warning) : next)
    } catch (thrown) {
      const plugin = awaited()
      if (!plugin || !(thrown instanceof HostError)) return
      telemetry?.failed(installation, thrown)
      set(pluginId, failed(plugin, thrown))
    }
  }

  function visitorName(): string {
    visitor ??= visitorOfBrowser()
    return visitor
  }

  function place(listed: Installation) {
    const installation = assigned(listed, visitorName)
    const id = installation.pluginId
    const before = running.get(id)
    const granted = () => running.get(id)?.installation.grantedPermissions ?? []
    const next = before
      ? updatedPlugin(before, installation)
      : { plugin: startedPlugin(installation, createRequest(id, granted, api)), load: true }
    running.set(id, next.plugin)
    if (next.load) loads.set(id, load(installation))
  }

  /** Whether the answer was taken; not where another question came after it. */
  async function list(signal: AbortSignal): Promise<boolean> {
    let installations: Installation[]
    try {
      installations = await listInstallations(registry, tenant, signal)
    } catch (thrown) {
      if (signal.aborted) return false
      status = { status: 'failed', reason: thrown instanceof Error ? thrown : new Error(messageOf(thrown)) }
      changed()
      throw thrown
    }
    if (signal.aborted) return false
    const enabled = new Set(installations.map(({ pluginId }) => pluginId))
    for (const id of running.keys()) if (!enabled.has(id)) running.delete(id)
    for (const installation of installations) place(installation)
    status = { status: 'ready' }
    changed()
    return true
  }

  /** The newest question wins: those before it are given up and end as it ends. */
  function ask(): Promise<boolean> {
    listing.abort()
    listing = new AbortController()
    const listed = list(listing.signal)
    latest = listed.then((taken) => (taken ? Promise.all(loads.values()) : latest))
    // The failure is in status().
    latest.catch(() => {})
    return listed
  }

  async function start() {
    await ask().catch(() => {})
    // What is to be seen first comes first; a plugin that hangs does not keep the page from hearing of others.
    await Promise.race([latest.catch(() => {}), pause(firstMoment)])
    if (!stopped) stopFollowing = keepCurrent(registry, { tenantId: tenant, pollEvery, ask })
  }
  start()

  return {
    status: () => status,
    plugins: () => plugins,
    contributions: (extensionPoint) => points.get(extensionPoint) ?? none,
    loading: (extensionPoint) =>
      status.status === 'loading' || [...running.values()].some((plugin) => isAwaitedAt(plugin, extensionPoint)),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async refresh() {
      if (!stopped) ask().catch(() => {})
      await latest
    },
    report({ pluginId, name, title }, thrown) {
      const plugin = running.get(pluginId)
      if (!plugin) return
      const reason = isHostError(thrown)
        ? thrown
        : new HostError('render_failed', `“${title}” stopped: ${messageOf(thrown)}`, { cause: thrown })
      telemetry?.failed(plugin.installation, reason, name)
      const state = nextState(plugin.state, { type: 'component-failed', problem: { component: name, reason } })
      if (state !== plugin.state) set(pluginId, { ...plugin, state })
    },
    measured({ pluginId, name, title, frame }, milliseconds) {
      const plugin = running.get(pluginId)
      if (!plugin) return
      telemetry?.rendered(plugin.installation, milliseconds)
      // The page does not stand still for a frame.
      const warning = frame ? undefined : slowRender(title, milliseconds)
      const next = warning ? warned(plugin, warning, name) : plugin
      if (!warning || next === plugin) return
      telemetry?.failed(plugin.installation, warning, name)
      set(pluginId, next)
    },
    stop() {
      stopped = true
      latest = Promise.resolve()
      listing.abort()
      stopFollowing?.()
      telemetry?.stop()
      running.clear()
      changed()
      listeners.clear()
    },
  }
}

function pluginOf({ installation, state, warnings }: RunningPlugin): Plugin {
  const { pluginId, name, version, variant } = installation
  return { id: pluginId, name, version, variant, state, warnings: [...warnings.values()] }
}
