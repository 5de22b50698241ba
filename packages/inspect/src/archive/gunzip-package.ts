import { createGunzip } from 'node:zlib'
import { type Finding, limits } from '@plexica/manifest-schema/validate'
import { archiveFinding, packageTooLarge } from './archive-rules.ts'

/** Large enough that calls do not count, small enough that memory does not either. */
const chunkBytes = 128 * 1024

export interface GunzipResult {
  packedBytes: number
  unpackedBytes: number
  /** What stopped the reading; the sizes are then those of the part that was read. */
  fault?: Finding
}

/**
 * Unpacks gzip data (RFC 1952; several members in a row are one file, as section 2.2 has it) and hands it on in order.
 * Stops at the limits for packed and unpacked bytes, so that a bomb costs no more than those, and closes the source
 * there. Rejects only with the error of the source or of `take`.
 *
 * Nothing is kept on either side: a chunk of the source is used until the next one is asked for, so that the source may
 * fill one buffer again and again, and what `take` gets is gone when it returns.
 */
export async function gunzipPackage(
  source: AsyncIterable<Uint8Array>,
  take: (chunk: Buffer) => void,
): Promise<GunzipResult> {
  const gunzip = createGunzip({ chunkSize: chunkBytes })
  const magic: number[] = []
  let packedBytes = 0
  let unpackedBytes = 0
  let fault: Finding | undefined
  let sourceFailure: { error: unknown } | undefined

  // A write is not called back when the unpacker ends or breaks inside of it, so these two wake the feeder as well.
  let wake = () => {}
  let fed = false
  let stopped = false
  gunzip.once('end', () => {
    if (!fed) fault ??= trailingBytes()
    stopped = true
    wake()
  })
  gunzip.once('close', () => {
    stopped = true
    wake()
  })

  async function feed(): Promise<void> {
    for await (const chunk of source) {
      packedBytes += chunk.length
      if (magic.length < 2) magic.push(...chunk.subarray(0, 2 - magic.length))
      if (packedBytes > limits.packageBytes.max) {
        fault ??= packageTooLarge()
        gunzip.destroy()
      }
      if (stopped || gunzip.destroyed) return
      await new Promise<void>((resolve) => {
        wake = resolve
        gunzip.write(chunk, () => resolve())
      })
      if (stopped) return
      if (gunzip.bytesWritten < packedBytes) {
        fault ??= trailingBytes()
        gunzip.destroy()
        return
      }
    }
    fed = true
    gunzip.end()
  }

  const feeding = feed().catch((error) => {
    sourceFailure = { error }
    gunzip.destroy()
  })
  let failure: { error: unknown } | undefined
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      const room = limits.unpackedBytes.max - unpackedBytes
      unpackedBytes += chunk.length
      take(chunk.length > room ? chunk.subarray(0, room) : chunk)
      release(chunk)
      if (chunk.length <= room) continue
      const message = `The package unpacks to more than ${limits.unpackedBytes.max} bytes.`
      fault ??= archiveFinding('archive-unpacked-too-large', message)
      break
    }
  } catch (error) {
    failure = { error }
  }
  gunzip.destroy()
  await feeding

  if (fault === undefined && sourceFailure !== undefined) throw sourceFailure.error
  if (failure !== undefined) {
    fault ??= gzipFault(failure.error, magic)
    if (fault === undefined) throw failure.error
  }
  return { packedBytes, unpackedBytes, ...(fault === undefined ? {} : { fault }) }
}

/**
 * Gives the memory of a used chunk back at once; the collector would let tens of megabytes of them pile up. The last
 * part of a buffer is the sign that the unpacker is done with it.
 */
function release(chunk: Buffer): void {
  const { buffer } = chunk
  if (
    buffer instanceof ArrayBuffer &&
    buffer.byteLength === chunkBytes &&
    chunk.byteOffset + chunk.length === chunkBytes
  )
    buffer.transfer(0)
}

function trailingBytes(): Finding {
  return archiveFinding('archive-gzip-trailing-bytes', 'Bytes follow the end of the gzip data.')
}

/** What an error of the unpacker says about the bytes; nothing when it is no error about bytes. */
function gzipFault(error: unknown, magic: readonly number[]): Finding | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  if (error.code !== 'Z_BUF_ERROR' && error.code !== 'Z_DATA_ERROR') return undefined
  if (magic[0] !== 0x1f || (magic[1] ?? 0x8b) !== 0x8b)
    return archiveFinding('archive-not-gzip', 'The package does not start like a gzip file.')
  if (error.code === 'Z_BUF_ERROR')
    return archiveFinding('archive-gzip-truncated', 'The gzip data stops before its end.')
  // With a good start, only what follows a whole member can have a wrong header.
  if (error.message === 'incorrect header check') return trailingBytes()
  return archiveFinding('archive-gzip-corrupt', `The gzip data is damaged (${error.message}).`)
}
