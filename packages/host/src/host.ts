import type { Installation } from '@plexica/api'
import { createClient } from '@plexica/api/client'
import { byExtensionPoint, type Contribution, type Contributions } from './contributions.ts'
import { HostError, messageOf } from './host-errors.ts'
import { listInstallations } from './list-installations.ts'
import { loadBundle } from './load-bundle.ts'
import { createRequest, type PlatformApi } from './plugin-api.ts'
import { nextState, type PluginState } from './plugin-state.ts'
import { failed, isAwaitedAt, type RunningPlugin, shown, startedPlugin, updatedPlugin } from './running-plugin.ts'

export interface HostOptions {
  /** Address of the registry, e.g. `https://plugins.example`. */
  registry: string
  tenant: string
  /**
   * Sent to the registry as a bearer token. Plugins run in the same page, so give one that may do no more than the
   * tenant's user may: a short-lived token of the platform, never an administrator's key. A function is asked before
   * every call, so that it can renew what is about to end.
   */
  token?: string | (() => string | Promise<string>) | undefined
  /** What the platform answers to plugins. */
  api?: PlatformApi
  /** Milliseconds that a bundle may take until it is ready; 10,000 unless told. */
  timeout?: number
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
  readonly state: PluginState
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
   * Asks the registry again: takes away what is no longer enabled, loads what is new, tries again what could not be
   * fetched. Resolves when every plugin is ready or failed; rejects with an `ApiError` when the list cannot be had.
   */
  refresh(): Promise<void>
  /** Records that a component could not be rendered. */
  report(contribution: Contribution, thrown: unknown): void
  /** Takes all plugins away, for good. */
  stop(): void
}

const none: readonly Contribution[] = []

/** Starts to load the tenant's enabled plugins. Throws for an address that is none, never for what a plugin does. */
export function createHost(options: HostOptions): Host {
  const { tenant, token, api = {}, timeout = 10_000 } = options
  const registry = new URL(options.registry).href
  const client = createClient({ url: registry, token })
  const running = new Map<string, RunningPlugin>()
  const loads = new Map<string, Promise<void>>()
  const listeners = new Set<() => void>()
  let listing = new AbortController()
  let latest: Promise<void> = Promise.resolve()
  let stopped = false

  let status: HostStatus = { status: 'loading' }
  let plugins: readonly Plugin[] = []
  let points: Contributions = new Map()

  function changed() {
    plugins = [...running.values()]
      .map(({ installation: { pluginId, name, version }, state }) => ({ id: pluginId, name, version, state }))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    points = byExtensionPoint(new Map([...running].map(([id, { contributions }]) => [id, contributions])), points)
    for (const listener of listeners) {
      try {
        listener()
      } catch (thrown) {
        reportError(thrown)
      }
    }
  }

  async function load({ pluginId, digest, bundle }: Installation): Promise<void> {
    let settle: (plugin: RunningPlugin) => RunningPlugin
    try {
      const module = bundle ? await loadBundle(bundle, { base: registry, timeout }) : {}
      settle = (plugin) => shown(plugin, module)
    } catch (thrown) {
      const reason = thrown instanceof HostError ? thrown : new HostError('bundle_invalid', messageOf(thrown))
      settle = (plugin) => failed(plugin, reason)
    }
    const plugin = running.get(pluginId)
    const awaited = plugin?.state.status === 'loading' && plugin.installation.digest === digest
    if (!awaited) return
    running.set(pluginId, settle(plugin))
    changed()
  }

  function place(installation: Installation) {
    const id = installation.pluginId
    const before = running.get(id)
    const granted = () => running.get(id)?.installation.grantedPermissions ?? []
    const next = before
      ? updatedPlugin(before, installation)
      : { plugin: startedPlugin(installation, createRequest(id, granted, api)), load: true }
    running.set(id, next.plugin)
    if (next.load) loads.set(id, load(installation))
  }

  async function run(signal: AbortSignal): Promise<void> {
    let installations: Installation[]
    try {
      installations = await listInstallations(client, tenant, signal)
    } catch (thrown) {
      if (signal.aborted) return latest
      status = { status: 'failed', reason: thrown instanceof Error ? thrown : new Error(messageOf(thrown)) }
      changed()
      throw thrown
    }
    if (signal.aborted) return latest
    const enabled = new Set(installations.map(({ pluginId }) => pluginId))
    for (const id of running.keys()) if (!enabled.has(id)) running.delete(id)
    for (const installation of installations) place(installation)
    status = { status: 'ready' }
    changed()
    await Promise.all(loads.values())
  }

  /** The newest question wins: those before it are given up and end as it ends. */
  function refresh(): Promise<void> {
    if (stopped) return latest
    listing.abort()
    listing = new AbortController()
    latest = run(listing.signal)
    return latest
  }

  // The failure is in status().
  refresh().catch(() => {})

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
    refresh,
    report({ pluginId, name, title }, thrown) {
      const plugin = running.get(pluginId)
      if (!plugin) return
      const reason = new HostError('render_failed', `“${title}” stopped: ${messageOf(thrown)}`, { cause: thrown })
      const state = nextState(plugin.state, { type: 'component-failed', problem: { component: name, reason } })
      running.set(pluginId, { ...plugin, state })
      changed()
    },
    stop() {
      stopped = true
      latest = Promise.resolve()
      listing.abort()
      running.clear()
      changed()
      listeners.clear()
    },
  }
}
