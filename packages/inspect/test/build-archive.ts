import { gzipSync } from 'node:zlib'

export type Content = string | Uint8Array

/** A tar entry in which every field of the header may lie. What is not given is honest. */
export interface CraftedEntry {
  path: Content
  data?: Content
  /** Type flag, `0` by default. */
  type?: string
  link?: Content
  prefix?: Content
  magic?: string
  /** The twelve bytes of the size field, or the number written there in octal. */
  size?: Content | number
  checksum?: Content
}

const block = 512

/** One entry: header, content, padding. The header is written as told, true or not. */
export function tarEntry(entry: CraftedEntry): Uint8Array {
  const data = Buffer.from(entry.data ?? '')
  const header = Buffer.alloc(block)
  const put = (value: Content, at: number, length: number) =>
    Buffer.from(value).copy(header, at, 0, Math.min(length, Buffer.byteLength(value)))
  put(entry.path, 0, 100)
  put('0000644\0', 100, 8)
  put('0000000\0', 108, 8)
  put('0000000\0', 116, 8)
  const size = entry.size ?? data.length
  put(typeof size === 'number' ? `${size.toString(8).padStart(11, '0')}\0` : size, 124, 12)
  put('00000000000\0', 136, 12)
  put('        ', 148, 8)
  put(entry.type ?? '0', 156, 1)
  put(entry.link ?? '', 157, 100)
  put(entry.magic ?? 'ustar\x0000', 257, 8)
  put(entry.prefix ?? '', 345, 155)
  const sum = header.reduce((total, byte) => total + byte, 0)
  put(entry.checksum ?? `${sum.toString(8).padStart(6, '0')}\0 `, 148, 8)
  return Buffer.concat([header, data, Buffer.alloc((block - (data.length % block)) % block)])
}

/** The two zero blocks that end a tar. */
export const tarEnd: Uint8Array = new Uint8Array(2 * block)

export function joinBytes(...parts: Uint8Array[]): Uint8Array {
  return Buffer.concat(parts)
}

/** A `.tar.gz` of the entries, with a proper end. */
export function buildArchive(entries: readonly (CraftedEntry | Uint8Array)[], end: Uint8Array = tarEnd): Uint8Array {
  const parts = entries.map((entry) => (entry instanceof Uint8Array ? entry : tarEntry(entry)))
  return gzip(joinBytes(...parts, end))
}

export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 6 })
}

/** The data of a PAX extended header. */
export function paxData(records: Readonly<Record<string, string>>): string {
  return Object.entries(records)
    .map(([key, value]) => {
      const rest = Buffer.byteLength(` ${key}=${value}\n`)
      let length = rest
      while (String(length).length + rest !== length) length = String(length).length + rest
      return `${length} ${key}=${value}\n`
    })
    .join('')
}

/** Bytes as a stream brings them, in chunks of `size`. */
export async function* inChunks(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
