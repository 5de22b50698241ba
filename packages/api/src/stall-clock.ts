/** Aborts its signal when nothing has moved for a while. */
export class StallClock {
  readonly #controller = new AbortController()
  readonly #milliseconds: number
  #timer: ReturnType<typeof setTimeout> | undefined
  #sourceFailure: { readonly error: unknown } | undefined

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds
    this.#restart()
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** What the source of a watched body threw; `fetch` tells it like a connection that broke. */
  get sourceFailure(): { readonly error: unknown } | undefined {
    return this.#sourceFailure
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  /** The same body; each part that is taken starts the time anew. */
  async *watch(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const part of body) {
        this.#restart()
        yield part
      }
    } catch (error) {
      this.#sourceFailure = { error }
      throw error
    }
    this.#restart()
  }

  #restart(): void {
    this.stop()
    if (!this.signal.aborted) this.#timer = setTimeout(() => this.#controller.abort(), this.#milliseconds)
  }
}
