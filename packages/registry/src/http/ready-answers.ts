/** A public answer to a GET without a key, kept as the bytes that go out. */
export interface ReadyAnswer {
  /** What it shows, and of that which part: `plugin:sales-chart/listing`. Whoever changes that drops the tag. */
  readonly tag: string
  /** The route's path, for the log. */
  readonly route: string
  readonly etag: string
  /** All of them but the length, the entity tag and the request's id. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** `performance.now()` after which it is too old; without one only `drop` ends it. */
  readonly until?: number
  /** Called for each time that the bytes are sent, to count downloads. */
  readonly onSend?: () => void
}

/**
 * Ready answers in bounded memory, the longest unused leaving first. The key is the address, with `encodedKey` where
 * the answer depends on the encoding. Every writer drops what it changed, which is announced to other processes; while
 * announcements may be missed, nothing is kept.
 */
export class ReadyAnswers {
  #answers = new Map<string, ReadyAnswer>()
  /** By the part of the tag before the slash. */
  #keysByTag = new Map<string, Set<string>>()
  #bytes = 0
  #drops = 0
  readonly #maxBytes: number
  #isPaused = false
  #announce: (tag: string) => void = () => undefined

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** The largest answer that is kept. */
  get maxBytesEach(): number {
    return this.#maxBytes / 8
  }

  /** To be asked for before the answer's rows are read, and given to `set`. */
  get moment(): number {
    return this.#drops
  }

  get(key: string): ReadyAnswer | undefined {
    const answer = this.#answers.get(key)
    if (answer?.until !== undefined && answer.until < performance.now()) {
      this.#delete(key)
      return undefined
    }
    if (answer) {
      // A Map keeps the order of insertion: what was just used goes to the young end.
      this.#answers.delete(key)
      this.#answers.set(key, answer)
    }
    return answer
  }

  /** Keeps an answer, unless it is too large or something was dropped since the moment its rows were read. */
  set(key: string, answer: ReadyAnswer, moment: number): void {
    if (this.#isPaused || answer.body.length > this.maxBytesEach || moment !== this.#drops) return
    this.#delete(key)
    this.#answers.set(key, answer)
    this.#bytes += weightOf(answer)
    const keys = this.#keysByTag.get(wholeOf(answer.tag)) ?? new Set()
    this.#keysByTag.set(wholeOf(answer.tag), keys.add(key))
    for (const [oldest] of this.#answers) {
      if (this.#bytes <= this.#maxBytes) break
      this.#delete(oldest)
    }
  }

  /** Drops a part, or all parts of a thing, in every process. To be called after the commit that changed it. */
  drop(tag: string): void {
    this.forget(tag)
    this.#announce(tag)
  }

  /** Who tells other processes what was dropped here. */
  announceTo(announce: (tag: string) => void): void {
    this.#announce = announce
  }

  /** Drops everything and keeps nothing until `resume`. */
  pause(): void {
    this.#isPaused = true
    this.clear()
  }

  /** Keeps answers again whose rows are read from now on. */
  resume(): void {
    this.#isPaused = false
    this.#drops++
  }

  clear(): void {
    this.#drops++
    for (const key of [...this.#answers.keys()]) this.#delete(key)
  }

  /** What another process has dropped. */
  forget(tag: string): void {
    this.#drops++
    for (const key of [...(this.#keysByTag.get(wholeOf(tag)) ?? [])]) {
      const kept = this.#answers.get(key)?.tag
      if (kept === tag || kept?.startsWith(`${tag}/`)) this.#delete(key)
    }
  }

  #delete(key: string): void {
    const answer = this.#answers.get(key)
    if (!answer) return
    this.#answers.delete(key)
    this.#bytes -= weightOf(answer)
    const keys = this.#keysByTag.get(wholeOf(answer.tag))
    keys?.delete(key)
    if (keys?.size === 0) this.#keysByTag.delete(wholeOf(answer.tag))
  }
}

/** The key of an answer that depends on the encoding: `br`, `gzip` or `identity`. */
export function encodedKey(address: string, encoding: string): string {
  return `${encoding} ${address}`
}

function wholeOf(tag: string): string {
  return tag.split('/', 1)[0] ?? tag
}

/** Small answers cost their keys and headers too. */
function weightOf(answer: ReadyAnswer): number {
  return answer.body.length + 2_000
}
