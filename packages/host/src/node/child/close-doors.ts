import { EventEmitter } from 'node:events'
import { registerHooks } from 'node:module'
import { admittedModules } from './admitted-modules.ts'
import { CodedError } from './channel.ts'

// What runs below here was written by strangers, and it can change every object that it can reach. So all that this
// file still does afterwards, it does with comparisons and lookups in objects without a prototype.

/** The name under which the backend's own text is imported. */
export const entry: string = 'plexica:backend'

/** What the real process keeps, because Node itself works with it. */
const keptOfProcess =
  `version versions arch platform release _events _eventsCount _maxListeners domain _exiting exitCode
  config features emitWarning nextTick _tickCallback _fatalException sourceMapsEnabled title argv execArgv pid cwd hrtime
  env`.split(/\s+/)

export interface Replacements {
  /** Names of the modules of Node that may be imported. */
  modules: readonly string[]
  fetch: typeof globalThis.fetch
  console: Record<string, unknown>
}

/** Takes away what reaches out of this process. Node's permission model stands behind it, and knows files and programs. */
export function closeDoors(source: string, { modules, fetch, console }: Replacements): void {
  // Loads Node's HTTP client now, so that what it leaves on the global object can be replaced.
  new Response()
  for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
    if (!symbol.description?.startsWith('undici.')) continue
    Object.defineProperty(globalThis, symbol, { value: deadDispatcher, writable: false })
  }
  for (const name of ['WebSocket', 'EventSource', 'localStorage', 'sessionStorage', 'Storage']) {
    Reflect.deleteProperty(globalThis, name)
  }
  const real = process
  for (const [name, value] of Object.entries({ fetch, console, process: harmlessProcess() })) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false })
  }
  hardenProcess(real)
  // A setter on one of these would be handed whatever Node's own code assigns to.
  for (const prototype of [Object.prototype, Function.prototype, Array.prototype]) Object.preventExtensions(prototype)
  guardImports(source, admittedModules(modules))
}

const deadDispatcher = Object.freeze({
  dispatch() {
    throw new Error('A backend reaches hosts by fetch() alone.')
  },
})

/** Whoever gets hold of the real process, as a listener of its events would, finds nothing there. */
function hardenProcess(real: NodeJS.Process): void {
  const methods = Object.create(null, Object.getOwnPropertyDescriptors(EventEmitter.prototype))
  Object.setPrototypeOf(real, Object.freeze(methods))
  for (const name of Object.getOwnPropertyNames(real)) {
    if (!keptOfProcess.includes(name)) Reflect.deleteProperty(real, name)
  }
}

/** What libraries ask of `process`. */
function harmlessProcess(): Record<string, unknown> {
  const { version, versions, platform, arch } = process
  const nothing = () => undefined
  return {
    env: { NODE_ENV: 'production' },
    argv: [],
    execArgv: [],
    version,
    versions: { ...versions },
    platform,
    arch,
    pid: 0,
    title: 'plexica-backend',
    cwd: () => '/',
    uptime: () => performance.now() / 1000,
    hrtime: Object.assign(process.hrtime.bind(undefined), { bigint: process.hrtime.bigint }),
    nextTick: (run: (...given: unknown[]) => void, ...given: unknown[]) => queueMicrotask(() => run(...given)),
    emitWarning: nothing,
    on: nothing,
    once: nothing,
    off: nothing,
    addListener: nothing,
    removeListener: nothing,
    emit: () => false,
    listeners: () => [],
    exit() {
      throw new Error('A backend cannot end its process.')
    },
  }
}

function guardImports(source: string, admitted: Readonly<Record<string, string>>): void {
  registerHooks({
    resolve(specifier) {
      if (specifier === entry) return { url: entry, format: 'module', shortCircuit: true }
      const url = admitted[specifier]
      if (url !== undefined) return { url, format: 'builtin', shortCircuit: true }
      throw new CodedError({ code: 'backend_module_refused', message: `A backend may not import “${specifier}”.` })
    },
    load(url, context, next) {
      if (url === entry) return { format: 'module', source, shortCircuit: true }
      return next(url, context)
    },
  })
}
