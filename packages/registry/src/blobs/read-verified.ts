import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { BlobDamaged, type BlobRange, type BlobStore } from './blob-store.ts'
import { closingWith } from './guarded-stream.ts'

/** A blob as its row names it. */
export interface NamedBlob {
  readonly key: string
  readonly bytes: number
  /** Subresource Integrity value (W3C SRI): `sha256-…`, base64. */
  readonly integrity: string
}

/** The whole blob. Throws `BlobDamaged` when it is missing or is not what its row names. */
export async function readVerified(blobs: BlobStore, blob: NamedBlob): Promise<Buffer> {
  const found = await open(blobs, blob)
  const content = await buffer(found)
  verify(content, blob)
  return content
}

/** The whole blob as a stream, which breaks off before its last bytes when they turn out not to be the named ones. */
export async function streamVerified(blobs: BlobStore, blob: NamedBlob): Promise<Readable> {
  const found = await open(blobs, blob)
  async function* chunks() {
    const hash = createHash(algorithmOf(blob.integrity))
    let held: Buffer | undefined
    for await (const chunk of found) {
      hash.update(chunk)
      if (held) yield held
      held = chunk
    }
    if (digestOf(hash, blob.integrity) !== blob.integrity) throw damaged(blob.key, 'has other bytes')
    if (held) yield held
  }
  return closingWith(Readable.from(chunks(), { objectMode: false }), found)
}

/** A large blob, or a part of it. A part has no digest of its own: only the whole is verified on its way. */
export async function openBlob(blobs: BlobStore, blob: NamedBlob, range: BlobRange | undefined): Promise<Readable> {
  if (!range || (range.start === 0 && range.end === blob.bytes - 1)) return streamVerified(blobs, blob)
  const found = await blobs.get(blob.key, range)
  if (!found) throw damaged(blob.key, 'is missing')
  if (found.bytes === range.end - range.start + 1) return found.body
  found.body.destroy()
  throw damaged(blob.key, 'is too short')
}

/** Throws `BlobDamaged` when these bytes are not the named ones. */
export function verify(content: Uint8Array, { key, integrity }: NamedBlob): void {
  const hash = createHash(algorithmOf(integrity)).update(content)
  if (digestOf(hash, integrity) !== integrity) throw damaged(key, 'has other bytes')
}

export function damaged(key: string, what: string): BlobDamaged {
  return new BlobDamaged(`The blob ${key} ${what}.`)
}

async function open(blobs: BlobStore, { key, bytes }: NamedBlob): Promise<Readable> {
  const found = await blobs.get(key)
  if (!found) throw damaged(key, 'is missing')
  if (found.bytes === bytes) return found.body
  found.body.destroy()
  throw damaged(key, `has ${found.bytes} bytes instead of ${bytes}`)
}

function algorithmOf(integrity: string): string {
  return integrity.slice(0, integrity.indexOf('-'))
}

function digestOf(hash: ReturnType<typeof createHash>, integrity: string): string {
  return `${algorithmOf(integrity)}-${hash.digest('base64')}`
}
