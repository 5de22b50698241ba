import { Readable } from 'node:stream'
import type { EventRow } from '../db/tables.ts'
import { eventView } from './event-view.ts'
import type { Waker } from './waker.ts'

/** Milliseconds between two signs of life; the key is looked at as often. Proxies cut what is silent for a minute. */
const heartbeat = 15_000
/** How long a client may take nothing, in milliseconds, before it is disconnected: it comes back and reads on. */
const patience = 30_000
/** Bytes that wait for a client; what is not read from the table yet waits there. */
const room = 16 * 1024
/** Events read at once. */
const batch = 100
/** What clients wait before they come back, in milliseconds. */
const retry = 2_000

export interface StreamSource {
  /** The number of the last event that the client has seen. */
  readonly after: number
  readonly waker: Waker
  readonly isOver: () => boolean
  /** Before the rows are read: all events up to this number have been written. */
  readonly last: () => Promise<number>
  readonly read: (after: number, take: number) => Promise<EventRow[]>
  /** Throws when the client may see no more. */
  readonly check: () => Promise<void>
  /** Called when the stream ends because something failed or was refused. */
  readonly onFailure: (error: unknown) => void
}

/** Events as `text/event-stream`, as they happen, for one client. It ends by itself only when it is over. */
export class EventStream extends Readable {
  readonly #source: StreamSource
  #after: number
  #checkedAt = performance.now()
  #pulled: (() => void) | undefined

  constructor(source: StreamSource) {
    super({ highWaterMark: room })
    this.#source = source
    this.#after = source.after
    void this.#run()
  }

  override _read(): void {
    this.#pulled?.()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#source.waker.end()
    this.#pulled?.()
    done(error)
  }

  get #isOver(): boolean {
    return this.destroyed || this.#source.isOver()
  }

  async #run(): Promise<void> {
    try {
      await this.#send(`retry: ${retry}\nid: ${this.#after}\n\n`)
      while (!this.#isOver) {
        if (await this.#sendSome()) continue
        await this.#source.waker.next(heartbeat)
        if (performance.now() - this.#checkedAt >= heartbeat) await this.#beat()
      }
    } catch (error) {
      this.#source.onFailure(error)
    }
    if (!this.destroyed) this.push(null)
  }

  /** Sends what is new, or a part of it; true when there is more. */
  async #sendSome(): Promise<boolean> {
    const last = await this.#source.last()
    if (last <= this.#after) return false
    const rows = await this.#source.read(this.#after, batch)
    for (const row of rows) {
      if (this.#isOver) return false
      await this.#send(frameOf(row))
      this.#after = row.number
    }
    // What lies between was not for this client, and is not looked at again.
    if (rows.length < batch) this.#after = Math.max(this.#after, last)
    return rows.length === batch
  }

  async #beat(): Promise<void> {
    await this.#source.check()
    this.#checkedAt = performance.now()
    await this.#send(`: beat\nid: ${this.#after}\n\n`)
  }

  /** Waits until the client takes what waits for it; one that takes nothing for too long is disconnected. */
  async #send(text: string): Promise<void> {
    if (this.destroyed || this.push(text)) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#pulled = resolve
    const timer = setTimeout(() => this.destroy(), patience).unref()
    await promise
    clearTimeout(timer)
    this.#pulled = undefined
  }
}

function frameOf(row: EventRow): string {
  return `id: ${row.number}\nevent: ${row.type}\ndata: ${JSON.stringify(eventView(row))}\n\n`
}
