import { registry } from '../registry/client.ts'

/** A page or two; whatever is longer is not shown. */
const mostBytes = 64 * 1024
const block = 512

/** What the plugin's author wants to be read after the installation: a file of the package. Null when it is not there. */
export async function readSetup(
  plugin: { pluginId: string; version: string; path: string },
  signal: AbortSignal,
): Promise<string | null> {
  const { pluginId, version, path } = plugin
  const answer = await registry.getPackage({ params: { pluginId, version }, signal })
  if (!answer.body) return null
  const bytes = new ByteReader(answer.body.pipeThrough(new DecompressionStream('gzip')).getReader())
  try {
    for (;;) {
      const header = await bytes.take(block)
      if (!header || header[0] === 0) return null
      const size = sizeOf(header)
      if (pathOf(header) === path && size <= mostBytes) {
        const content = await bytes.take(size)
        return content ? new TextDecoder().decode(content) : null
      }
      await bytes.skip(Math.ceil(size / block) * block)
    }
  } finally {
    // No more of the package than was needed.
    await bytes.close()
  }
}

/** POSIX.1-1988 (ustar): name at 0, size in octal digits at 124, prefix of the name at 345. */
function pathOf(header: Uint8Array): string {
  const [prefix, name] = [textAt(header, 345, 155), textAt(header, 0, 100)]
  return prefix === '' ? name : `${prefix}/${name}`
}

function sizeOf(header: Uint8Array): number {
  return Number.parseInt(textAt(header, 124, 12).trim(), 8) || 0
}

function textAt(header: Uint8Array, at: number, length: number): string {
  const bytes = header.subarray(at, at + length)
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end))
}

/** Bytes of a stream, so many at a time. */
class ByteReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  #rest = new Uint8Array()

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#reader = reader
  }

  /** Exactly so many bytes, or nothing where the stream ends before. */
  async take(length: number): Promise<Uint8Array | undefined> {
    const taken = new Uint8Array(length)
    for (let at = 0; at < length; ) {
      const part = await this.#next(length - at)
      if (!part) return undefined
      taken.set(part, at)
      at += part.length
    }
    return taken
  }

  async skip(length: number): Promise<void> {
    for (let left = length; left > 0; ) {
      const part = await this.#next(left)
      if (!part) return
      left -= part.length
    }
  }

  close(): Promise<void> {
    return this.#reader.cancel().catch(() => undefined)
  }

  async #next(most: number): Promise<Uint8Array | undefined> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#reader.read()
      if (done) return undefined
      this.#rest = new Uint8Array(value)
    }
    const part = this.#rest.subarray(0, most)
    this.#rest = this.#rest.subarray(part.length)
    return part
  }
}
