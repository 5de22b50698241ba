/** A public answer to a GET without a key, kept as the bytes that go out. */
export interface ReadyAnswer {
  /** What it shows, e.g. `plugin:sales-chart`: whoever changes that drops the tag. */
  readonly tag: string
  readonly etag: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Called for each time that the bytes are sent, to count downloads. */
  readonly onSend?: () => void
}

/** Ready answers in bounded memory, the longest unused leaving first. Only this process's: every writer drops what it changed. */
export class ReadyAnswers {
  #answers = new Map<string, ReadyAnswer>()
  #keysByTag = new Map<string, Set<string>>()
  #bytes = 0
  readonly #maxBytes: number

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get(key: string): ReadyAnswer | undefined {
    const answer = this.#answers.get(key)
    if (answer) {
      // A Map keeps the order of insertion: what was just used goes to the young end.
      this.#answers.delete(key)
      this.#answers.set(key, answer)
    }
    return answer
  }

  set(key: string, answer: ReadyAnswer): void {
    if (answer.body.length > this.#maxBytes / 8) return
    this.#delete(key)
    this.#answers.set(key, answer)
    this.#bytes += answer.body.length
    const keys = this.#keysByTag.get(answer.tag) ?? new Set()
    this.#keysByTag.set(answer.tag, keys.add(key))
    for (const [oldest] of this.#answers) {
      if (this.#bytes <= this.#maxBytes) break
      this.#delete(oldest)
    }
  }

  drop(tag: string): void {
    for (const key of [...(this.#keysByTag.get(tag) ?? [])]) this.#delete(key)
  }

  #delete(key: string): void {
    const answer = this.#answers.get(key)
    if (!answer) return
    this.#answers.delete(key)
    this.#bytes -= answer.body.length
    const keys = this.#keysByTag.get(answer.tag)
    keys?.delete(key)
    if (keys?.size === 0) this.#keysByTag.delete(answer.tag)
  }
}
