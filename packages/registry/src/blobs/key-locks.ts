/** Lets one at a time work with a key: within this process, a blob is not swept while it is being published. */
export class KeyLocks {
  readonly #last = new Map<string, Promise<unknown>>()

  async hold<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve()
    const mine = before.then(work, work)
    this.#last.set(key, mine)
    try {
      return await mine
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key)
    }
  }
}
