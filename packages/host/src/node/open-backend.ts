import type { Manifest } from '@plexica/manifest-schema'
import { BackendError, type BackendErrorCode } from './backend-errors.ts'
import { type BackendLimits, defaultLimits, restAfter } from './backend-limits.ts'
import { type BackendCall, BackendProcess, type LogLevel } from './backend-process.ts'
import { problemResponse, routeResponse, wireRequest } from './http-answers.ts'
import { matchRoute, routeName } from './match-route.ts'
import { reachHost } from './reach-host.ts'

/** What the platform answers to backends: permission → function. `input` comes from a plugin: check it. */
export type BackendApi = Readonly<
  Record<string, (input: unknown, caller: { pluginId: string; tenantId: string }) => unknown>
>

/** A backend that may be run: its approved text, and what its manifest and its tenant say. */
export interface BackendPlugin {
  readonly pluginId: string
  readonly tenantId: string
  /** Text of `dist/backend.mjs`. */
  readonly source: string
  readonly manifest: Pick<Manifest, 'backend' | 'network'>
  /** With secret values, which go to the backend alone. */
  readonly configuration: Readonly<Record<string, unknown>>
  readonly grantedPermissions: readonly string[]
}

export interface BackendOptions {
  readonly api?: BackendApi
  readonly limits?: Partial<BackendLimits>
  /** What backends write to their console, what went wrong in them, and nothing more; plugins choose the words. */
  readonly log?: (entry: BackendLogEntry) => void
}

export interface BackendLogEntry {
  readonly pluginId: string
  readonly tenantId: string
  readonly level: LogLevel
  readonly text: string
}

/** Who asks, as the platform knows it. */
export interface BackendCaller {
  readonly permissions: readonly string[]
}

/** One tenant's backend of one plugin. Its process starts with the first call, ends when it is idle or fails, and starts again. */
export interface Backend {
  /**
   * Answers a request whose path is the one below the plugin's own address. Never rejects: what goes wrong is an answer
   * in `application/problem+json`, with a code of `backendErrors`.
   */
  handle(request: Request, caller: BackendCaller): Promise<Response>
  /** What the backend does on an occasion. Rejects with a `BackendError`. */
  call(hook: string, payload?: unknown): Promise<unknown>
  /** Starts the process, if it does not run. Rejects with why it does not start. */
  start(): Promise<void>
  /** Takes no more calls, lets those that run come to their end, and ends the process. */
  stop(): Promise<void>
}

export function openBackend(plugin: BackendPlugin, options: BackendOptions = {}): Backend {
  return new OpenBackend(plugin, options)
}

class OpenBackend implements Backend {
  readonly #plugin: BackendPlugin
  readonly #options: BackendOptions
  readonly #limits: BackendLimits
  #process: BackendProcess | undefined
  #calls = 0
  #crashes = 0
  #restUntil = 0
  #lastEnd: BackendError | undefined
  #idle: NodeJS.Timeout | undefined
  #stopping = false
  #drained: (() => void) | undefined

  constructor(plugin: BackendPlugin, options: BackendOptions) {
    this.#plugin = plugin
    this.#options = options
    this.#limits = { ...defaultLimits, ...options.limits }
  }

  async handle(request: Request, { permissions }: BackendCaller): Promise<Response> {
    const { manifest, pluginId } = this.#plugin
    const longest = this.#limits.bodyBytes
    try {
      const path = new URL(request.url).pathname
      const match = matchRoute(manifest.backend?.routes ?? [], request.method, path)
      if ('problem' in match)
        throw new BackendError(match.problem, `${pluginId} does not answer ${request.method} ${path}.`)
      const { route, params } = match
      if (route.permission !== undefined && !permissions.includes(route.permission)) {
        throw new BackendError('backend_forbidden', `${routeName(route)} needs the permission “${route.permission}”.`)
      }
      const wire = await wireRequest(request, { path, params, longest })
      return routeResponse(await this.#call({ type: 'route', name: routeName(route), request: wire }), longest)
    } catch (thrown) {
      const error =
        thrown instanceof BackendError ? thrown : new BackendError('backend_request_invalid', 'The request broke off.')
      if (error.status >= 500) this.#log('error', `${error.code}: ${error.message}`)
      return problemResponse(error, pluginId)
    }
  }

  async call(hook: string, payload?: unknown): Promise<unknown> {
    const { manifest, pluginId } = this.#plugin
    if (!manifest.backend?.hooks?.includes(hook)) {
      throw new BackendError('backend_hook_not_found', `${pluginId} does not listen to “${hook}”.`)
    }
    return this.#call({ type: 'hook', name: hook, payload })
  }

  async start(): Promise<void> {
    await this.#running()
  }

  async stop(): Promise<void> {
    this.#stopping = true
    clearTimeout(this.#idle)
    if (this.#calls > 0) {
      await new Promise<void>((resolve) => {
        this.#drained = resolve
      })
    }
    this.#process?.stop()
    await this.#process?.ended
  }

  async #call(wanted: BackendCall): Promise<unknown> {
    const { concurrency, idle } = this.#limits
    if (this.#stopping) throw this.#error('backend_stopped', 'is being stopped')
    if (this.#calls >= concurrency) throw this.#error('backend_busy', `has ${concurrency} calls already`)
    this.#calls++
    clearTimeout(this.#idle)
    try {
      const process = await this.#running()
      const value = await process.call(wanted)
      this.#crashes = 0
      return value
    } finally {
      this.#calls--
      if (this.#calls === 0) {
        this.#drained?.()
        this.#idle = setTimeout(() => this.#leave(), idle).unref()
      }
    }
  }

  /** Ends the process that nobody needs; whoever comes meanwhile gets another one. */
  #leave(): void {
    this.#process?.stop()
    this.#process = undefined
  }

  /** The process that runs, or another one; unless they end so often that the next one has to wait. */
  async #running(): Promise<BackendProcess> {
    for (;;) {
      this.#process ??= this.#nextProcess()
      const process = this.#process
      await process.untroubled()
      if (process === this.#process) return process
    }
  }

  #nextProcess(): BackendProcess {
    const rest = Math.ceil((this.#restUntil - performance.now()) / 1_000)
    if (rest <= 0 || !this.#lastEnd) return this.#startProcess()
    throw this.#error('backend_resting', `is started again in ${rest} s. ${this.#lastEnd.message}`)
  }

  #startProcess(): BackendProcess {
    const { pluginId, tenantId, source, manifest, configuration } = this.#plugin
    const process = new BackendProcess({
      pluginId,
      tenantId,
      source,
      configuration,
      routes: (manifest.backend?.routes ?? []).map(routeName),
      hooks: manifest.backend?.hooks ?? [],
      limits: this.#limits,
      request: (permission, input) => this.#request(permission, input),
      fetch: (wanted, signal) => reachHost(wanted, { hosts: manifest.network ?? [], limits: this.#limits, signal }),
      log: (level, text) => this.#log(level, text),
    })
    process.ended.then((reason) => {
      if (this.#process === process) this.#process = undefined
      if (reason.code === 'backend_stopped') return
      this.#crashes++
      this.#lastEnd = reason
      this.#restUntil = performance.now() + restAfter(this.#crashes)
      this.#log('error', `${reason.code}: ${reason.message}`)
    })
    return process
  }

  async #request(permission: string, input: unknown): Promise<unknown> {
    const { pluginId, tenantId, grantedPermissions } = this.#plugin
    const { api = {} } = this.#options
    if (!grantedPermissions.includes(permission)) {
      throw new BackendError('permission_not_granted', `${pluginId} has not been granted “${permission}”.`)
    }
    const answer = Object.hasOwn(api, permission) ? api[permission] : undefined
    if (!answer) throw new BackendError('permission_not_provided', `The platform has no answer to “${permission}”.`)
    return answer(input, { pluginId, tenantId })
  }

  #error(code: BackendErrorCode, what: string): BackendError {
    return new BackendError(code, `The backend of ${this.#plugin.pluginId} ${what}.`)
  }

  #log(level: LogLevel, text: string): void {
    const { pluginId, tenantId } = this.#plugin
    this.#options.log?.({ pluginId, tenantId, level, text })
  }
}
