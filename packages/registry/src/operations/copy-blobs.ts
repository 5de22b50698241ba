import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BlobStore } from '../blobs/blob-store.ts'
import { damaged } from '../blobs/read-verified.ts'
import type { NeededBlob } from './named-blobs.ts'

/** Blobs in work at a time. */
const atATime = 8

/** A blob that lies in both places now. */
export interface CopiedBlob {
  readonly key: string
  readonly bytes: number
  /** In hex. */
  readonly sha256: string
}

/**
 * Copies blobs and reads each back from where it was written. One that lies there already is compared and left as it is,
 * so that a second run only does what is missing. Memory does not grow with the blobs. Throws `BlobDamaged` when one is
 * missing or is not what its row names.
 */
export async function copyBlobs(
  from: BlobStore,
  to: BlobStore,
  needed: AsyncIterable<NeededBlob>,
  onCopied: (blob: CopiedBlob) => void,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-copy-'))
  const running = new Set<Promise<void>>()
  try {
    for await (const blob of needed) {
      while (running.size >= atATime) await Promise.race(running)
      const work = copyBlob(from, to, blob, folder)
        .then((copied) => copied && onCopied(copied))
        .finally(() => running.delete(work))
      running.add(work)
      // A failure is thrown by whoever waits for it next, which may be later.
      work.catch(() => {})
    }
    await Promise.all(running)
  } finally {
    await Promise.allSettled(running)
    await rm(folder, { recursive: true, force: true })
  }
}

async function copyBlob(
  from: BlobStore,
  to: BlobStore,
  { key, integrity }: NeededBlob,
  folder: string,
): Promise<CopiedBlob | undefined> {
  const found = await from.get(key)
  if (!found) {
    // Encoded forms are kept only where they are smaller.
    if (integrity === undefined) return undefined
    throw damaged(key, 'is missing')
  }
  const path = join(folder, randomUUID())
  try {
    const sums = summing(integrity)
    await pipeline(found.body, sums.through, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
    const { bytes, sha256, matches } = sums.result()
    if (!matches || bytes !== found.bytes) throw damaged(key, 'has other bytes')
    const copied = { key, bytes, sha256 }
    if (await isThere(to, copied)) return copied
    await to.putFile(key, path)
    if (!(await isThere(to, copied))) throw damaged(key, 'was written and reads back as other bytes')
    return copied
  } finally {
    await rm(path, { force: true })
  }
}

async function isThere(store: BlobStore, { key, bytes, sha256 }: CopiedBlob): Promise<boolean> {
  const found = await store.get(key)
  if (!found) return false
  if (found.bytes !== bytes) {
    found.body.destroy()
    return false
  }
  const hash = createHash('sha256')
  for await (const chunk of found.body) hash.update(chunk)
  return hash.digest('hex') === sha256
}

/** Hashes what passes, with SHA-256 and with the algorithm of the integrity value. */
function summing(integrity: string | undefined) {
  const [algorithm = 'sha256'] = integrity?.split('-') ?? []
  const own = createHash('sha256')
  const named = createHash(algorithm)
  let bytes = 0
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      own.update(chunk)
      named.update(chunk)
      done(null, chunk)
    },
  })
  const result = () => {
    const digest = `${algorithm}-${named.digest('base64')}`
    return { bytes, sha256: own.digest('hex'), matches: integrity === undefined || digest === integrity }
  }
  return { through, result }
}
