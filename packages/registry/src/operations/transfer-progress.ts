/** Milliseconds between two lines. */
const every = 1_000

/** Tells how far a transfer is, about once a second. */
export class TransferProgress {
  readonly #say: (text: string) => void
  #last = performance.now()
  #rowsAtLast = 0
  #rows = 0
  #blobs = 0
  #bytes = 0

  constructor(say: (text: string) => void) {
    this.#say = say
  }

  get rows(): number {
    return this.#rows
  }

  get blobs(): { count: number; bytes: number } {
    return { count: this.#blobs, bytes: this.#bytes }
  }

  /** So many rows of a table have passed, and so many tables remain. */
  addRows(count: number, table: string, tablesLeft: number): void {
    this.#rows += count
    const rate = (seconds: number) => Math.round((this.#rows - this.#rowsAtLast) / seconds)
    this.#tell((seconds) => `${this.#rows} rows, now ${table}, ${rate(seconds)} rows/s, ${tablesLeft} tables remain`)
  }

  addBlob(bytes: number): void {
    this.#blobs++
    this.#bytes += bytes
    this.#tell(
      () => `${this.#blobs} blobs, ${Math.round(this.#bytes / 1_000_000)} MB, ${this.versionsLeft} versions remain`,
    )
  }

  /** Set by whoever walks through the versions. */
  versionsLeft = 0

  #tell(words: (seconds: number) => string): void {
    const seconds = (performance.now() - this.#last) / 1_000
    if (seconds * 1_000 < every) return
    this.#say(words(seconds))
    this.#last = performance.now()
    this.#rowsAtLast = this.#rows
  }
}
