/** Streams that one process holds open at once. A person has a few pages open; a tenant has many people. */
const mostStreams = { perKey: 20, perTenant: 200, inAll: 2_000 } as const

/** Counts open streams, so that nobody takes all of them. */
export class StreamSlots {
  readonly #taken = new Map<string, number>()

  /** Gives what frees the slot, or undefined when there is none. */
  take(keyId: string, tenantId: string): (() => void) | undefined {
    const places = [
      [`key ${keyId}`, mostStreams.perKey],
      [`tenant ${tenantId}`, mostStreams.perTenant],
      ['all', mostStreams.inAll],
    ] as const
    if (places.some(([place, most]) => this.#count(place) >= most)) return undefined
    for (const [place] of places) this.#taken.set(place, this.#count(place) + 1)
    return () => {
      for (const [place] of places) this.#free(place)
    }
  }

  #count(place: string): number {
    return this.#taken.get(place) ?? 0
  }

  #free(place: string): void {
    const left = this.#count(place) - 1
    if (left > 0) this.#taken.set(place, left)
    else this.#taken.delete(place)
  }
}
