import { backendModules } from '@plexica/manifest-schema/backend-modules'
import { BackendError, type BackendErrorCode } from './backend-errors.ts'
import { type BackendLimits, graceTime, memoryBesideHeap } from './backend-limits.ts'
import { encodeFrame } from './child/frames.ts'
import type { FromBackend, ToBackend, WireError, WireFetch, WireFetched, WireRequest } from './child/messages.ts'
import { readMessages } from './read-messages.ts'
import { type BackendChild, startProcess } from './start-process.ts'
import { watchMemory } from './watch-memory.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export interface ProcessSetup {
  pluginId: string
  tenantId: string
  source: string
  configuration: Record<string, unknown>
  /** As a module exports them: `GET /quotes/:id`. */
  routes: string[]
  hooks: string[]
  limits: BackendLimits
  request(permission: string, input: unknown): Promise<unknown>
  fetch(wanted: WireFetch, signal: AbortSignal): Promise<WireFetched>
  log(level: LogLevel, text: string): void
}

export type BackendCall =
  | { type: 'route'; name: string; request: WireRequest }
  | { type: 'hook'; name: string; payload: unknown }

interface Pending {
  resolve(value: unknown): void
  reject(reason: BackendError): void
}

/** What a process may give as the reason of a failure; whatever else it says counts as thrown. */
const codesOfCalls: readonly string[] = ['backend_answer_invalid', 'backend_answer_too_large', 'backend_module_refused']
const codesOfStarts: readonly string[] = ['backend_export_missing', 'backend_module_refused']

/** One process of one backend, from its start to its end. Nothing that it says is believed. */
export class BackendProcess {
  /** Rejects with why it did not start. */
  readonly started: Promise<void>
  /** Fulfilled with why it ended. */
  readonly ended: Promise<BackendError>
  readonly #setup: ProcessSetup
  readonly #child: BackendChild
  readonly #calls = new Map<number, Pending>()
  readonly #over = new AbortController()
  /** While a call is over its time: until it has listened, or the process is gone. */
  #doubt: Promise<unknown> | undefined
  #starting: Pending | undefined
  #lastCall = 0
  #questions = 0
  #reason: BackendError | undefined
  #lastWords = ''

  constructor(setup: ProcessSetup) {
    const { limits, log: _, request: __, fetch: ___, ...start } = setup
    this.#setup = setup
    this.#child = startProcess(limits.memory)
    const stopWatching = watchMemory(this.#child.pid ?? 0, limits.memory + memoryBesideHeap, () =>
      this.#kill('backend_memory', `took more than ${limits.memory + memoryBesideHeap} MB of memory`),
    )
    const startLimit = setTimeout(() => {
      this.#kill('backend_start_timeout', `was not ready after ${limits.startTime / 1000} s`)
    }, limits.startTime)
    this.started = new Promise<void>((resolve, reject) => {
      this.#starting = { resolve: () => resolve(), reject }
    }).finally(() => clearTimeout(startLimit))
    this.started.catch(() => undefined)
    this.ended = new Promise((resolve) => {
      const over = (words: string) => {
        stopWatching()
        resolve(this.#end(words))
      }
      this.#child.once('error', (error) => over(error.message))
      this.#child.once('close', (code, signal) => over(signal ?? `code ${code}`))
    })
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#lastWords = (this.#lastWords + chunk.toString('latin1')).slice(-4_000)
    })
    // It breaks when the process is gone, which `close` tells.
    this.#child.stdin.on('error', () => undefined)
    const messages = readMessages(this.#child.stdout, frameBytes(limits), {
      take: (message) => this.#take(message),
      refused: (why) => this.#kill('backend_crashed', `sent what the platform does not take: ${why}`),
    })
    this.#child.once('exit', () => messages.drain())
    const told = { frameBytes: frameBytes(limits), questions: limits.questions }
    this.#send({ type: 'start', ...start, modules: backendModules, limits: told })
  }

  /** Resolves when no call is over its time, so that no other one is given to a process that is about to be ended. */
  async untroubled(): Promise<void> {
    await this.started
    while (this.#doubt) await this.#doubt
  }

  /** The answer to a call. When its time is over, it is told so; if it does not listen, the process is ended. */
  async call(wanted: BackendCall): Promise<unknown> {
    const { time } = this.#setup.limits
    const call = ++this.#lastCall
    const answered = new Promise<unknown>((resolve, reject) => {
      this.#calls.set(call, { resolve, reject })
      if (this.#reason) reject(this.#reason)
      else this.#send({ ...wanted, call })
    }).finally(() => this.#calls.delete(call))
    let limit: NodeJS.Timeout | undefined
    const tooLate = new Promise<never>((_, reject) => {
      limit = setTimeout(() => {
        const what = `took more than ${time / 1000} s for ${wanted.name}`
        reject(this.#error('backend_timeout', what))
        this.#send({ type: 'abort', call })
        this.#giveGrace(answered, what)
      }, time)
    })
    try {
      return await Promise.race([answered, tooLate])
    } finally {
      clearTimeout(limit)
    }
  }

  #giveGrace(answered: Promise<unknown>, what: string): void {
    const grace = setTimeout(() => this.#kill('backend_crashed', `was ended, because it ${what}`), graceTime)
    const settled = answered.then(
      () => clearTimeout(grace),
      () => clearTimeout(grace),
    )
    const doubt = Promise.all([this.#doubt, settled]).then(() => {
      if (this.#doubt === doubt) this.#doubt = undefined
    })
    this.#doubt = doubt
  }

  /** Ends the process at once. */
  stop(): void {
    this.#kill('backend_stopped', 'was stopped')
  }

  #take(message: FromBackend): void {
    switch (message.type) {
      case 'started':
        for (const name of message.undeclared.slice(0, 20)) {
          this.#setup.log('warn', `“${name}” is exported but not declared in the manifest, so nobody calls it.`)
        }
        this.#starting?.resolve(undefined)
        break
      case 'failed':
        this.#fail(message.error)
        break
      case 'answer':
        this.#calls.get(message.call)?.resolve(message.value)
        break
      case 'threw':
        this.#calls.get(message.call)?.reject(this.#told(message.error, codesOfCalls, 'backend_threw'))
        break
      case 'request':
        this.#answer(message.question, () => this.#setup.request(message.permission, message.input))
        break
      case 'fetch':
        this.#answer(message.question, () => this.#setup.fetch(message.fetch, this.#over.signal))
        break
      case 'log':
        this.#setup.log(logLevel(message.level), String(message.text))
        break
      case 'crashed':
        this.#kill('backend_crashed', `stopped: ${message.message}`)
        break
    }
  }

  #fail(error: WireError): void {
    this.#reason ??= this.#told(error, codesOfStarts, 'backend_start_failed')
    this.#child.kill('SIGKILL')
  }

  #told({ code, message }: WireError, known: readonly string[], otherwise: BackendErrorCode): BackendError {
    return this.#error(known.includes(code) ? (code as BackendErrorCode) : otherwise, `said: ${message}`)
  }

  /** A question is open until its answer has been taken: one who asks and does not listen fills no memory but its own. */
  #answer(question: number, answer: () => Promise<unknown>): void {
    // It keeps to the limit by itself; twice as many are none that have crossed with their answers.
    if (this.#questions >= 2 * this.#setup.limits.questions) {
      this.#kill('backend_crashed', 'asks more than it may')
      return
    }
    this.#questions++
    answer()
      .then(
        (value): ToBackend => ({ type: 'answered', question, value }),
        (thrown): ToBackend => ({ type: 'answered', question, error: wireError(thrown) }),
      )
      .then((message) => this.#send(message, () => this.#questions--))
  }

  #send(message: ToBackend, taken?: () => void): void {
    if (!this.#child.stdin.destroyed) this.#child.stdin.write(encodeFrame(message), taken)
  }

  #error(code: BackendErrorCode, what: string): BackendError {
    return new BackendError(code, `The backend of ${this.#setup.pluginId} ${what}.`.replace(/\.\.$/, '.'))
  }

  #kill(code: BackendErrorCode, what: string): void {
    this.#reason ??= this.#error(code, what)
    this.#child.kill('SIGKILL')
  }

  /** When the process is gone: everybody who waits for it learns why. */
  #end(words: string): BackendError {
    const outOfMemory = /heap out of memory|Array buffer allocation failed/.test(this.#lastWords)
    const heap = `needed more than ${this.#setup.limits.memory} MB of heap`
    const reason =
      this.#reason ??
      this.#error(outOfMemory ? 'backend_memory' : 'backend_crashed', outOfMemory ? heap : `ended (${words})`)
    this.#reason = reason
    this.#over.abort()
    this.#starting?.reject(reason)
    for (const { reject } of this.#calls.values()) reject(reason)
    return reason
  }
}

/** The longest message of a backend: bytes as base64, and text with what JSON escapes. */
function frameBytes({ bodyBytes }: BackendLimits): number {
  return 2 * bodyBytes + 65_536
}

function logLevel(level: unknown): LogLevel {
  return level === 'debug' || level === 'warn' || level === 'error' ? level : 'info'
}

/** The platform's own failures stay with the platform. */
function wireError(thrown: unknown): WireError {
  if (thrown instanceof BackendError) return { code: thrown.code, message: thrown.message }
  return { code: 'request_failed', message: 'The platform could not answer.' }
}
