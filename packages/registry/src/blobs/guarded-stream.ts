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
  return closingWith(Readable.from(chunks(), { objectMode: false }), stream)
}

/**
 * Has the source end when a stream that is made of it does. A generator that never began to read has nothing to leave, so
 * a reader that goes away at once would leave the source open.
 */
export function closingWith(stream: Readable, source: Readable): Readable {
  return stream.once('close', () => source.destroy())
}
