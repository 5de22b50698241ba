import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Inspection } from '@plexica/inspect'
import type { Platform } from '@plexica/manifest-schema'
import type { Logger } from 'pino'
import { BlobStoreUnavailable } from '../blobs/blob-store.ts'
import { RegistryError } from '../http/registry-error.ts'
import { uninspected } from './inspection-rules.ts'

/** What a worker is started with. */
export interface InspectorSetup {
  readonly platform: Platform | undefined
}

/** What a worker says about one file. */
export type InspectAnswer = { inspection: Inspection } | { unreadable: string } | { failure: string }

/** The first message of a worker says that it can begin; each further one answers for a file. */
export type WorkerMessage = { ready: true } | InspectAnswer

export interface InspectorLimits {
  /** Workers at a time. */
  readonly workers: number
  /** Packages that may wait for one; more are told to come back. */
  readonly waiting: number
  /** Milliseconds for one package. */
  readonly time: number
  /** MiB of JavaScript heap of one worker. */
  readonly heap: number
  /** Milliseconds after which a worker without work ends. */
  readonly idle: number
}

const defaultLimits: InspectorLimits = { workers: 2, waiting: 100, time: 30_000, heap: 512, idle: 30_000 }

/**
 * Inspects packages in threads of their own, so that no package can stop, slow or crash the registry. Threads start when
 * there is work and end soon after it, so that an idle registry does not pay for them.
 */
export class Inspector {
  readonly #setup: InspectorSetup
  readonly #limits: InspectorLimits
  readonly #seats = new Set<Seat>()
  readonly #waiting: ((seat: Seat) => void)[] = []

  constructor(setup: InspectorSetup, limits: Partial<InspectorLimits> = {}) {
    this.#setup = setup
    this.#limits = { ...defaultLimits, ...limits }
  }

  /**
   * Inspects a local file. What a package does to its inspector is a finding of that package. Throws
   * `too_many_requests` when too many wait, `BlobStoreUnavailable` when the file cannot be read, and an error of our own
   * when no worker starts.
   */
  async inspect(path: string, log: Logger): Promise<Inspection> {
    const seat = await this.#freeSeat()
    try {
      const answer = await seat.inspect(path)
      if ('inspection' in answer) return answer.inspection
      if ('unreadable' in answer) throw new BlobStoreUnavailable(answer.unreadable)
      if ('broken' in answer) throw new Error(`No inspector starts: ${answer.broken}`)
      if ('failure' in answer) {
        log.error({ failure: answer.failure }, 'an inspection failed')
        return uninspected('inspection-failed', 'The package could not be inspected.')
      }
      log.warn({ limit: answer.limit }, 'an inspection was stopped')
      return answer.limit === 'time'
        ? uninspected('inspection-time', `The inspection took more than ${this.#limits.time / 1_000} seconds.`)
        : uninspected('inspection-memory', `The inspection took more than ${this.#limits.heap} MiB of memory.`)
    } finally {
      this.#release(seat)
    }
  }

  /** Starts a worker where there is room, so that it is ready when the package has arrived. */
  prepare(): void {
    const seat = this.#idleSeat() ?? (this.#seats.size < this.#limits.workers ? this.#addSeat(false) : undefined)
    seat?.start()
  }

  /** Ends every worker. */
  async close(): Promise<void> {
    await Promise.all([...this.#seats].map((seat) => seat.end()))
  }

  async #freeSeat(): Promise<Seat> {
    const free = this.#idleSeat()
    if (free) {
      free.busy = true
      return free
    }
    if (this.#seats.size < this.#limits.workers) return this.#addSeat(true)
    if (this.#waiting.length >= this.#limits.waiting) {
      throw new RegistryError('too_many_requests', 'Too many packages wait for their inspection.')
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #idleSeat(): Seat | undefined {
    return [...this.#seats].find((seat) => !seat.busy)
  }

  #addSeat(busy: boolean): Seat {
    const seat = new Seat(this.#setup, this.#limits, busy)
    this.#seats.add(seat)
    return seat
  }

  #release(seat: Seat): void {
    const next = this.#waiting.shift()
    if (next) next(seat)
    else seat.busy = false
  }
}

type SeatAnswer = InspectAnswer | { limit: 'time' | 'memory' } | { broken: string }

/** A place for one worker, which comes when there is work and goes when there has been none for a while. */
class Seat {
  busy: boolean
  readonly #setup: InspectorSetup
  readonly #limits: InspectorLimits
  #worker: Worker | undefined
  #ready = false
  #idle: NodeJS.Timeout | undefined

  constructor(setup: InspectorSetup, limits: InspectorLimits, busy: boolean) {
    this.#setup = setup
    this.#limits = limits
    this.busy = busy
  }

  start(): Worker {
    this.#endWhenIdle()
    if (this.#worker) return this.#worker
    const worker = new Worker(workerFile, {
      workerData: this.#setup,
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.heap, maxYoungGenerationSizeMb: 4 },
      env: workerEnvironment(),
    })
    worker.unref()
    this.#ready = false
    worker.once('message', () => {
      this.#ready = true
    })
    // A worker that fails while it has no work is replaced when there is some.
    worker.on('error', () => this.#forget(worker))
    worker.on('exit', () => this.#forget(worker))
    this.#worker = worker
    return worker
  }

  async inspect(path: string): Promise<SeatAnswer> {
    const worker = this.start()
    clearTimeout(this.#idle)
    worker.ref()
    const answer = await new Promise<SeatAnswer>((resolve) => {
      const timer = setTimeout(() => done({ limit: 'time' }), this.#limits.time)
      const answered = (message: WorkerMessage) => {
        if (!('ready' in message)) done(message)
      }
      const gone = (words: string) => done(this.#ready ? { failure: words } : { broken: words })
      const failed = (error: Error & { code?: string }) =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? done({ limit: 'memory' }) : gone(String(error.stack))
      const exited = (code: number) => gone(`the worker ended with code ${code}`)
      const done = (result: SeatAnswer) => {
        clearTimeout(timer)
        worker.off('message', answered).off('error', failed).off('exit', exited)
        resolve(result)
      }
      worker.on('message', answered).on('error', failed).on('exit', exited)
      worker.postMessage(path)
    })
    // After a failure nobody knows the state of the thread.
    if ('inspection' in answer || 'unreadable' in answer) {
      worker.unref()
      this.#endWhenIdle()
    } else await this.end()
    return answer
  }

  async end(): Promise<void> {
    clearTimeout(this.#idle)
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  #endWhenIdle(): void {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => this.end(), this.#limits.idle).unref()
  }

  #forget(worker: Worker): void {
    if (this.#worker === worker) this.#worker = undefined
  }
}

/**
 * Nothing of the process's settings and secrets. Where the process keeps compiled code (Node's compile cache), its
 * workers do too: they then start in a tenth of the time.
 */
function workerEnvironment(): Record<string, string> {
  // Node gives the folder of its own version inside the one that was set.
  const cache = getCompileCacheDir()
  return cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) }
}

/** The worker's file beside this one: the source as it stands, or what was built from it. */
const workerFile = new URL(`./inspect-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)
