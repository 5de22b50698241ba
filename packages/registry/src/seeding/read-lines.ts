import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'

/** A line that is longer is no record. */
const longestLine = 1024 * 1024

/** Lines of a text file, gzipped or not, with their numbers from 1. A longer line comes as undefined. Bounded memory. */
export async function* readLines(path: string): AsyncGenerator<{ number: number; text: string | undefined }> {
  let number = 0
  let parts: Buffer[] = []
  let bytes = 0
  const line = () => {
    const text = bytes > longestLine ? undefined : Buffer.concat(parts).toString('utf8')
    parts = []
    bytes = 0
    return { number: ++number, text }
  }
  for await (const chunk of await openText(path)) {
    for (let at = 0; at < chunk.length; ) {
      const end = chunk.indexOf(10, at)
      const part = chunk.subarray(at, end === -1 ? chunk.length : end)
      bytes += part.length
      if (bytes <= longestLine) parts.push(part)
      if (end === -1) break
      yield line()
      at = end + 1
    }
  }
  if (bytes > 0) yield line()
}

/** Gzip is known by its first two bytes (RFC 1952). */
async function openText(path: string): Promise<AsyncIterable<Buffer>> {
  const file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
  const stream = file.createReadStream({ start: 0 })
  if (bytesRead < 2 || buffer.readUInt16BE() !== 0x1f8b) return stream
  const unpacked = createGunzip()
  stream.on('error', (error) => unpacked.destroy(error)).pipe(unpacked)
  return unpacked
}
