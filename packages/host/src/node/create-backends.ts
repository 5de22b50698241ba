import type { Installation } from '@plexica/api'
import { type ClientOptions, createClient } from '@plexica/api/client'
import { followEvents } from '@plexica/api/follow-events'
import { listInstallations } from '../list-installations.ts'
import { BackendError } from './backend-errors.ts'
import { problemResponse } from './http-answers.ts'
import { type Backend, type BackendCaller, type BackendOptions, openBackend } from './open-backend.ts'
import { type BackendPackage, readPackage } from './read-package.ts'
import { withSecrets } from './with-secrets.ts'

export interface BackendsOptions extends BackendOptions {
  /** Address of the registry, e.g. `https://plugins.example`. */
  readonly registry: string
  readonly tenant: string
  /**
   * Sent to the registry as a bearer token; it needs `installation:read` of the tenant. A function is asked before every
   * call, for tokens that do not last.
   */
  readonly token?: ClientOptions['token']
  /**
   * The values of a plugin's secrets, by the dotted names that it is asked for. The registry takes secrets and never gives
   * them out again, so a platform that lets tenants enter some keeps them itself; without this, backends get none.
   */
  readonly secrets?: (
    pluginId: string,
    names: readonly string[],
  ) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
  /** Milliseconds between two questions to the registry, beside those that events cause; 60,000 unless told. */
  readonly interval?: number
}

/** What became of an occasion in one plugin. */
export type HookOutcome = { readonly pluginId: string } & ({ readonly value: unknown } | { readonly reason: Error })

/** The backends of a tenant's enabled plugins, kept as the registry says. */
export interface Backends {
  /** Answers a request to a plugin, see `Backend.handle`; `backend_not_found` for one that is not there. */
  handle(pluginId: string, request: Request, caller: BackendCaller): Promise<Response>
  /** Tells an occasion to every plugin that listens to it, all at once. One that fails does not touch the others. */
  call(hook: string, payload?: unknown): Promise<HookOutcome[]>
  /** Ids of the plugins whose backends can be called. */
  plugins(): readonly string[]
  /**
   * Asks the registry again. Resolves when every backend is open or has failed; rejects with an `ApiError` when the list
   * cannot be had, and what was open stays so.
   */
  refresh(): Promise<void>
  /** Lets the calls that run come to their end, and ends everything. */
  stop(): Promise<void>
}

interface Seat {
  /** All that a backend is made of, to compare. */
  readonly face: string
  readonly hooks: readonly string[]
  readonly backend: Backend
}

/** Follows a tenant's installations from now on. */
export function createBackends(options: BackendsOptions): Backends {
  const { registry, tenant, token, interval = 60_000, log } = options
  const client = createClient({ url: new URL(registry).href, token })
  const over = new AbortController()
  const seats = new Map<string, Seat>()
  const packages = new Map<string, BackendPackage>()
  let latest: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined

  function problem(pluginId: string, thrown: unknown): void {
    const text = thrown instanceof BackendError ? `${thrown.code}: ${thrown.message}` : String(thrown)
    log?.({ pluginId, tenantId: tenant, level: 'error', text })
  }

  async function packageOf({ pluginId, version, digest }: Installation): Promise<BackendPackage> {
    const known = packages.get(digest)
    if (known) return known
    const response = await client.getPackage({ params: { pluginId, version }, signal: over.signal })
    if (!response.body) throw new BackendError('backend_registry_unreachable', 'The registry sent no package.')
    const read = await readPackage(response.body, digest)
    packages.set(digest, read)
    return read
  }

  async function place(installation: Installation): Promise<void> {
    const { pluginId, tenantId, digest, configuration, secrets, grantedPermissions, updatedAt } = installation
    // The time is in it because a secret that was replaced shows nowhere else.
    const face = JSON.stringify([digest, configuration, secrets, grantedPermissions, updatedAt])
    const before = seats.get(pluginId)
    if (before?.face === face) return
    const { manifest, source } = await packageOf(installation)
    const values = secrets.length > 0 ? await options.secrets?.(pluginId, secrets) : undefined
    if (over.signal.aborted) return
    if (manifest.backend && source !== undefined) {
      const whole = withSecrets(configuration, values ?? {})
      const plugin = { pluginId, tenantId, source, manifest, configuration: whole, grantedPermissions }
      seats.set(pluginId, { face, hooks: manifest.backend.hooks ?? [], backend: openBackend(plugin, options) })
    } else seats.delete(pluginId)
    before?.backend.stop()
  }

  async function run(): Promise<void> {
    const installations = await listInstallations(client, tenant, over.signal)
    const enabled = new Set(installations.map(({ pluginId }) => pluginId))
    for (const [pluginId, { backend }] of seats) {
      if (enabled.has(pluginId)) continue
      seats.delete(pluginId)
      backend.stop()
    }
    await Promise.all(
      installations.map((installation) =>
        place(installation).catch((thrown) => problem(installation.pluginId, thrown)),
      ),
    )
    const current = new Set(installations.map(({ digest }) => digest))
    for (const digest of packages.keys()) if (!current.has(digest)) packages.delete(digest)
  }

  /** One after the other; whoever asks while one waits for its turn gets that one. */
  function refresh(): Promise<void> {
    next ??= latest
      .catch(() => undefined)
      .then(() => {
        next = undefined
        return run()
      })
    latest = next
    return next
  }

  function refreshQuietly(): void {
    if (!over.signal.aborted) refresh().catch((thrown) => over.signal.aborted || problem('', thrown))
  }

  async function follow(): Promise<void> {
    for await (const { type } of followEvents(client, { tenantId: tenant, signal: over.signal })) {
      if (type.startsWith('installation.')) refreshQuietly()
    }
  }

  refreshQuietly()
  follow().catch((thrown) => problem('', thrown))
  const timer = setInterval(refreshQuietly, interval)
  timer.unref()

  return {
    async handle(pluginId, request, caller) {
      const seat = seats.get(pluginId)
      if (seat) return seat.backend.handle(request, caller)
      return problemResponse(new BackendError('backend_not_found', `No backend of ${pluginId} runs here.`), pluginId)
    },
    call(hook, payload) {
      const listening = [...seats].filter(([, { hooks }]) => hooks.includes(hook)).sort(([a], [b]) => (a < b ? -1 : 1))
      return Promise.all(
        listening.map(async ([pluginId, { backend }]): Promise<HookOutcome> => {
          try {
            return { pluginId, value: await backend.call(hook, payload) }
          } catch (thrown) {
            problem(pluginId, thrown)
            return { pluginId, reason: thrown instanceof Error ? thrown : new Error(String(thrown)) }
          }
        }),
      )
    },
    plugins: () => [...seats.keys()].sort(),
    refresh,
    async stop() {
      over.abort()
      clearInterval(timer)
      await latest.catch(() => undefined)
      await Promise.all([...seats.values()].map(({ backend }) => backend.stop()))
      seats.clear()
    },
  }
}
