import { engineOf } from '../db/engine-of.ts'
import type { Db } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { type Budget, budgetWindow, type RateLimits } from './budgets.ts'

/** A process asks for so many parts of a budget at a time: not each request is a question to the database. */
const parts = 20
/** Callers that are remembered; those who have been away longest are forgotten first. */
const mostCallers = 10_000

/** What this process holds of one caller's budget. Times are of `performance.now()`. */
interface Held {
  left: number
  /** What is not used until then is given up. */
  until: number
  /** The budget is spent, and something of it is there again at this time. */
  spentUntil: number
  asking: Promise<void> | undefined
}

/** Token buckets: a budget fills evenly over a minute and may be spent at once. Processes on one database share it. */
export class Limiter {
  readonly #db: Db
  readonly #limits: RateLimits | undefined
  readonly #held = new Map<string, Held>()

  constructor(db: Db, limits: RateLimits | undefined) {
    this.#db = db
    this.#limits = limits
  }

  /** Takes one from a caller's budget. Throws `too_many_requests` when it is spent. */
  async spend(budget: Budget, caller: string): Promise<void> {
    if (!this.#limits) return
    const bucket = `${budget} ${caller}`
    const held = this.#of(bucket)
    for (;;) {
      const now = performance.now()
      if (held.left > 0 && now < held.until) {
        held.left--
        return
      }
      if (now < held.spentUntil) throw this.#refusal(budget, held.spentUntil - now)
      held.asking ??= this.#ask(held, bucket, this.#limits[budget]).finally(() => {
        held.asking = undefined
      })
      await held.asking
    }
  }

  /** Throws `too_many_requests` when a budget is known to be spent, and takes nothing from it. */
  refuseIfSpent(budget: Budget, caller: string): void {
    const held = this.#held.get(`${budget} ${caller}`)
    const wait = (held?.spentUntil ?? 0) - performance.now()
    if (wait > 0) throw this.#refusal(budget, wait)
  }

  async #ask(held: Held, bucket: string, quota: number): Promise<void> {
    const cost = budgetWindow / quota
    const many = Math.max(1, Math.floor(quota / parts))
    for (const count of new Set([many, 1])) {
      const wait = await engineOf(this.#db).drawFromBucket(this.#db, bucket, { cost: count * cost, full: budgetWindow })
      const now = performance.now()
      if (wait === 0) {
        held.left = count
        held.until = now + budgetWindow
        return
      }
      // The last answer is the one about a single request.
      held.spentUntil = now + wait
    }
  }

  #of(bucket: string): Held {
    const known = this.#held.get(bucket)
    if (known) {
      // A Map keeps the order of insertion: who was just here goes to the young end.
      this.#held.delete(bucket)
      this.#held.set(bucket, known)
      return known
    }
    const held: Held = { left: 0, until: 0, spentUntil: 0, asking: undefined }
    this.#held.set(bucket, held)
    const [oldest] = this.#held.keys()
    if (this.#held.size > mostCallers && oldest !== undefined) this.#held.delete(oldest)
    return held
  }

  /** The headers of draft-ietf-httpapi-ratelimit-headers, and `Retry-After` for everybody else. */
  #refusal(budget: Budget, wait: number): RegistryError {
    const seconds = Math.max(1, Math.ceil(wait / 1_000))
    const quota = this.#limits?.[budget]
    const detail = `${quota} ${budget} a minute are spent; the next one is possible in ${seconds} s.`
    return new RegistryError('too_many_requests', detail, {
      headers: {
        'retry-after': String(seconds),
        ratelimit: `"${budget}";r=0;t=${seconds}`,
        'ratelimit-policy': `"${budget}";q=${quota};w=${budgetWindow / 1_000}`,
      },
    })
  }
}
