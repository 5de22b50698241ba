import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type Finding, limits } from '@plexica/manifest-schema'
import { type ArchiveCode, archiveFinding } from './archive-rules.ts'

/** Large enough that calls do not count, small enough that memory does not either. */
const chunkBytes = 64 * 1024

export interface GunzipResult {
  packedBytes: number
  unpackedBytes: number
  /** What stopped the reading; the sizes are then those of the part that was read. */
  fault?: Finding
}

/**
 * Unpacks gzip data (RFC 1952; several members in a row are one file, as section 2.2 has it) and hands it on in order.
 * Stops at the limits for packed and unpacked bytes, so that a bomb costs no more than those. Rejects only with the
 * error of the source.
 */
export async function gunzipPackage(
  source: AsyncIterable<Uint8Array>,
  take: (chunk: Buffer) => void,
): Promise<GunzipResult> {
  const gunzip = createGunzip({ chunkSize: chunkBytes })
  const magic: number[] = []
  let packedBytes = 0
  let unpackedBytes = 0
  let sourceFailure: { error: unknown } | undefined
  let fault: Finding | undefined
  const stop = (code: ArchiveCode, message: string) => {
    fault = archiveFinding(code, message)
    return new Error(message)
  }

  async function* packed(): AsyncGenerator<Uint8Array> {
    const chunks = source[Symbol.asyncIterator]()
    try {
      while (true) {
        const next = await chunks.next().catch((error) => {
          sourceFailure = { error }
          throw error
        })
        if (next.done) return
        packedBytes += next.value.length
        if (magic.length < 2) magic.push(...next.value.subarray(0, 2 - magic.length))
        if (packedBytes > limits.packageBytes.max)
          throw stop('archive-too-large', `The package is larger than ${limits.packageBytes.max} bytes.`)
        yield next.value
      }
    } finally {
      await chunks.return?.()
    }
  }

  async function unpacked(chunks: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of chunks) {
      const room = limits.unpackedBytes.max - unpackedBytes
      unpackedBytes += chunk.length
      take(chunk.length > room ? chunk.subarray(0, room) : chunk)
      if (chunk.length > room)
        throw stop('archive-unpacked-too-large', `The package unpacks to more than ${limits.unpackedBytes.max} bytes.`)
    }
  }

  try {
    await pipeline(packed, gunzip, unpacked)
  } catch (error) {
    if (sourceFailure !== undefined) throw sourceFailure.error
    fault ??= gzipFault(error, { magic, ended: gunzip.readableEnded })
    if (fault === undefined) throw error
  }
  if (fault === undefined && gunzip.bytesWritten < packedBytes) fault = trailingBytes()
  return { packedBytes, unpackedBytes, ...(fault === undefined ? {} : { fault }) }
}

function trailingBytes(): Finding {
  return archiveFinding('archive-gzip-trailing-bytes', 'Bytes follow the end of the gzip data.')
}

/** What an error of the unpacking says about the bytes; nothing when it is no error about bytes. */
function gzipFault(error: unknown, seen: { magic: number[]; ended: boolean }): Finding | undefined {
  // The unpacker ends at a zero byte behind a member and stumbles over whatever comes later.
  if (seen.ended) return trailingBytes()
  if (!(error instanceof Error) || !('code' in error)) return undefined
  if (error.code !== 'Z_BUF_ERROR' && error.code !== 'Z_DATA_ERROR') return undefined
  if (seen.magic[0] !== 0x1f || (seen.magic[1] ?? 0x8b) !== 0x8b)
    return archiveFinding('archive-not-gzip', 'The package does not start like a gzip file.')
  if (error.code === 'Z_BUF_ERROR')
    return archiveFinding('archive-gzip-truncated', 'The gzip data stops before its end.')
  // With a good start, only what follows a whole member can have a wrong header.
  if (error.message === 'incorrect header check') return trailingBytes()
  return archiveFinding('archive-gzip-corrupt', `The gzip data is damaged (${error.message}).`)
}
