// What runs in the process of a backend: it takes the doors away, imports the backend and passes calls to it. The
// process has the permissions that `start-process.ts` gives it, which stand behind all that is done here.

import { askHost } from './ask-host.ts'
import { ask, CodedError, listen, send, setLimits } from './channel.ts'
import { closeDoors, entry } from './close-doors.ts'
import { logConsole, said } from './log-console.ts'
import type { ToBackend } from './messages.ts'
import { requestOf, wireAnswer } from './wire-values.ts'

type Start = Extract<ToBackend, { type: 'start' }>
type Call = Extract<ToBackend, { type: 'route' | 'hook' }>
type Handler = (input: unknown, plexica: unknown) => unknown
type Handlers = Readonly<Record<string, Handler>>
type BackendModule = Record<string, unknown> & { default?: Record<string, unknown> }

// The process loses it as soon as the backend's code is about to come.
const { reallyExit } = process as unknown as { reallyExit(code: number): never }
const calls = new Map<number, AbortController>()
let routes: Handlers = {}
let hooks: Handlers = {}
let context: { tenantId: string; configuration: Readonly<Record<string, unknown>> } | undefined

function crashed(thrown: unknown): void {
  send({ type: 'crashed', message: said(thrown) })
  reallyExit(1)
}

async function begin(message: Start): Promise<void> {
  const { tenantId, configuration, source, modules, limits } = message
  context = { tenantId, configuration: frozen(configuration) }
  setLimits(limits)
  process.on('uncaughtException', crashed)
  closeDoors(source, { modules, fetch: askHost, console: logConsole() })
  try {
    const module: BackendModule = await import(entry)
    routes = handlersOf(module, 'routes', message.routes)
    hooks = handlersOf(module, 'hooks', message.hooks)
    const undeclared = (['routes', 'hooks'] as const).flatMap((kind) =>
      Object.keys(exported(module, kind)).filter((name) => !message[kind].includes(name)),
    )
    send({ type: 'started', undeclared })
  } catch (thrown) {
    const known = thrown instanceof CodedError ? thrown.code : undefined
    send({ type: 'failed', error: { code: known ?? 'backend_start_failed', message: said(thrown) } })
  }
}

function exported(module: BackendModule, kind: 'routes' | 'hooks'): Handlers {
  return (module[kind] ?? module.default?.[kind] ?? {}) as Handlers
}

function handlersOf(module: BackendModule, kind: 'routes' | 'hooks', declared: readonly string[]): Handlers {
  const all = exported(module, kind)
  return Object.fromEntries(
    declared.map((name) => {
      const handler = Object.hasOwn(all, name) ? all[name] : undefined
      if (typeof handler === 'function') return [name, handler]
      const message = `The manifest declares “${name}”, which the module does not export in \`${kind}\`.`
      throw new CodedError({ code: 'backend_export_missing', message })
    }),
  )
}

async function answer(message: Call): Promise<void> {
  const { call, name } = message
  const aborting = new AbortController()
  calls.set(call, aborting)
  const plexica = Object.freeze({
    ...context,
    request: (permission: string, input?: unknown) => ask({ type: 'request', permission: `${permission}`, input }),
    fetch: askHost,
    signal: aborting.signal,
  })
  try {
    const value =
      message.type === 'hook'
        ? await hooks[name]?.(message.payload, plexica)
        : wireAnswer(await routes[name]?.(requestOf(message.request), plexica))
    send({ type: 'answer', call, value })
  } catch (thrown) {
    const code = thrown instanceof CodedError ? thrown.code : 'backend_threw'
    send({ type: 'threw', call, error: { code, message: said(thrown) } })
  } finally {
    calls.delete(call)
  }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(Object.freeze(value))) frozen(inner)
  return value
}

listen(
  (message) => {
    if (message.type === 'start') begin(message).catch(crashed)
    else if (message.type === 'abort') calls.get(message.call)?.abort()
    else answer(message).catch(crashed)
  },
  () => reallyExit(0),
)
