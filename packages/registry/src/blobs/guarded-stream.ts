import { Readable } from 'node:stream'

/** The same bytes, with the store's words for what goes wrong on the way. */
export function guardedStream(stream: Readable, wordsFor: (error: unknown) => Error): Readable {
  async function* chunks() {
    try {
      yield* stream
    } catch (error) {
      throw wordsFor(error)
    }
  }
  return Readable.from(chunks(), { objectMode: false })
}
