import { createHash } from 'node:crypto'
import { type Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { limits, type Manifest, packageLayout } from '@plexica/manifest-schema/validate'
import { BackendError } from './backend-errors.ts'

/** What a platform needs of a package to run its backend. */
export interface BackendPackage {
  readonly manifest: Manifest
  /** Text of `dist/backend.mjs`; undefined when the plugin has no backend. */
  readonly source: string | undefined
}

const blockBytes = 512
const wanted: readonly string[] = [packageLayout.manifest, packageLayout.backend]

/**
 * Reads a `.tar.gz` as it comes. Nothing is handed out before the whole of it has turned out to be what was approved:
 * so it was inspected, and the header of each entry says what all readers of tars see in it.
 *
 * @param digest The `sha256-…` of the uncompressed tar.
 * @throws {BackendError} `backend_digest_mismatch`, `backend_package_invalid`.
 */
export async function readPackage(bytes: AsyncIterable<Uint8Array>, digest: string): Promise<BackendPackage> {
  const tar = new TarFiles()
  try {
    await pipeline(bytes, createGunzip() as Transform, tar)
  } catch (cause) {
    if (cause instanceof BackendError) throw cause
    throw new BackendError('backend_package_invalid', 'The package cannot be read to its end.', { cause })
  }
  const found = `sha256-${tar.hash.digest('hex')}`
  if (found !== digest) {
    throw new BackendError('backend_digest_mismatch', `The package is not what was approved: ${found}, not ${digest}.`)
  }
  const manifest = tar.text(packageLayout.manifest)
  if (manifest === undefined) throw new BackendError('backend_package_invalid', 'The package holds no manifest.')
  return { manifest: JSON.parse(manifest), source: tar.text(packageLayout.backend) }
}

class TarFiles extends Writable {
  readonly hash = createHash('sha256')
  readonly #files = new Map<string, Buffer[]>()
  #total = 0
  #header = Buffer.alloc(0)
  #parts: Buffer[] | undefined
  #content = 0
  #padding = 0

  text(path: string): string | undefined {
    const parts = this.#files.get(path)
    return parts && Buffer.concat(parts).toString('utf8')
  }

  override _write(chunk: Buffer, _: string, done: (error?: Error) => void): void {
    this.hash.update(chunk)
    this.#total += chunk.length
    if (this.#total > limits.unpackedBytes.max) {
      done(new BackendError('backend_package_invalid', 'The package unpacks to more than a package may.'))
      return
    }
    for (let at = 0; at < chunk.length; ) at = this.#take(chunk, at)
    done()
  }

  #take(chunk: Buffer, at: number): number {
    if (this.#content > 0) {
      const end = Math.min(chunk.length, at + this.#content)
      this.#parts?.push(Buffer.from(chunk.subarray(at, end)))
      this.#content -= end - at
      return end
    }
    if (this.#padding > 0) {
      const end = Math.min(chunk.length, at + this.#padding)
      this.#padding -= end - at
      return end
    }
    const end = Math.min(chunk.length, at + blockBytes - this.#header.length)
    this.#header = Buffer.concat([this.#header, chunk.subarray(at, end)])
    if (this.#header.length === blockBytes) {
      this.#open(this.#header)
      this.#header = Buffer.alloc(0)
    }
    return end
  }

  /** POSIX ustar: name, size and type where they have always been, a prefix for long names. */
  #open(header: Buffer): void {
    const field = (at: number, length: number) => header.toString('utf8', at, at + length).split('\0', 1)[0] ?? ''
    const name = field(0, 100)
    if (name === '') return
    const prefix = field(345, 155)
    const isFile = header[156] === 0 || header[156] === 0x30
    const path = prefix === '' ? name : `${prefix}/${name}`
    this.#content = Number.parseInt(field(124, 12).trim(), 8) || 0
    this.#padding = (blockBytes - (this.#content % blockBytes)) % blockBytes
    this.#parts = isFile && wanted.includes(path) ? [] : undefined
    if (this.#parts) this.#files.set(path, this.#parts)
  }
}
