/**
 * Messages on a pipe: four bytes of length, then that many bytes of JSON. A length of our own, and not lines or Node's
 * channel between processes, so that the reader knows what it would have to hold before it holds it.
 */
export function encodeFrame(message: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(message))
  const frame = Buffer.allocUnsafe(4 + text.length)
  frame.writeUInt32BE(text.length, 0)
  text.copy(frame, 4)
  return frame
}

/** Puts frames together from pieces. Throws at a frame that is longer than `longest` bytes or is no JSON. */
export class FrameReader {
  readonly #longest: number
  #parts: Buffer[] = []
  #bytes = 0

  constructor(longest: number) {
    this.#longest = longest
  }

  *push(chunk: Buffer): Generator<unknown> {
    this.#parts.push(chunk)
    this.#bytes += chunk.length
    while (this.#bytes >= 4) {
      const length = this.#joined(4).readUInt32BE(0)
      if (length > this.#longest) throw new Error(`a message of ${length} bytes`)
      if (this.#bytes < 4 + length) return
      const all = this.#joined(4 + length)
      const rest = all.subarray(4 + length)
      this.#bytes = rest.length + this.#parts.slice(1).reduce((sum, part) => sum + part.length, 0)
      this.#parts[0] = rest
      yield JSON.parse(all.toString('utf8', 4, 4 + length))
    }
  }

  /** The first part, made long enough. Long messages come in many parts and are put together once. */
  #joined(length: number): Buffer {
    const [first] = this.#parts
    if (first !== undefined && first.length >= length) return first
    const all = Buffer.concat(this.#parts)
    this.#parts = [all]
    return all
  }
}
