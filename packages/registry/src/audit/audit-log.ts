import type { Logger } from 'pino'
import type { Db } from '../db/tables.ts'
import type { AuditEntry } from './audit-chain.ts'
import { appendToChain } from './audit-store.ts'
import { RefusedCalls } from './refused-calls.ts'

/** Rows written in one transaction; far fewer parameters than any engine takes. */
const batch = 200
/** Milliseconds for which a refused call waits for others. */
const gatherFor = 1_000

interface Waiting {
  readonly entry: AuditEntry
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Writes the chain. Calls that end at the same time share a transaction, so that each waits for one write at most. */
export class AuditLog {
  readonly #db: Db
  readonly #log: Logger
  readonly #refused = new RefusedCalls()
  #waiting: Waiting[] = []
  #writing: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(db: Db, log: Logger) {
    this.#db = db
    this.#log = log
  }

  /** Resolves when the row is in the database for good; a change is answered after that. */
  record(entry: AuditEntry): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#waiting.push({ entry, resolve, reject })
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined
    })
    return promise
  }

  /** Will be written within about a second, together with others like it. A kill loses it. */
  note(entry: AuditEntry): void {
    this.#refused.add(entry)
    this.#timer ??= setTimeout(() => {
      this.flush().catch((error: unknown) => this.#log.error({ err: error }, 'refused calls are not in the audit yet'))
    }, gatherFor).unref()
  }

  /** Writes what was noted. What fails is tried again with what is noted next. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const entries = this.#refused.take()
    const written = await Promise.allSettled(entries.map((entry) => this.record(entry)))
    const failed = written.flatMap((result, at) =>
      result.status === 'rejected' ? [{ result, entry: entries[at] }] : [],
    )
    for (const { entry } of failed) if (entry) this.#refused.add(entry)
    if (failed[0]) throw failed[0].result.reason
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const some = this.#waiting.splice(0, batch)
      try {
        const entries = some.map(({ entry }) => entry)
        await this.#db.transaction().execute((trx) => appendToChain(trx, entries))
        for (const { resolve } of some) resolve()
      } catch (error) {
        for (const { reject } of some) reject(error)
      }
    }
  }
}
