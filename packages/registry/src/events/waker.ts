import type { EventBus } from './event-bus.ts'

/** Waits for the bus. A call that comes while nobody waits is kept, so that none is missed between two readings. */
export class Waker {
  readonly #unsubscribe: () => void
  #wasCalled = false
  #resolve: (() => void) | undefined

  constructor(bus: EventBus) {
    this.#unsubscribe = bus.subscribe(() => this.call())
  }

  call(): void {
    this.#wasCalled = true
    this.#resolve?.()
  }

  /** Returns when there may be something new, or after so many milliseconds. */
  async next(milliseconds: number): Promise<void> {
    if (!this.#wasCalled) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#resolve = resolve
      const timer = setTimeout(resolve, milliseconds).unref()
      await promise
      clearTimeout(timer)
    }
    this.#wasCalled = false
  }

  end(): void {
    this.#unsubscribe()
    this.call()
  }
}
