import { once } from 'node:events'
import { promisify } from 'node:util'
import { brotliCompress, gzip, constants as zlib } from 'node:zlib'
import type { PackageFile } from '@plexica/inspect'
import { Parser, type ReadEntry } from 'tar'
import { blobKeys } from '../blobs/blob-keys.ts'
import { damaged, streamVerified, verify } from '../blobs/read-verified.ts'
import type { VersionRow } from '../db/tables.ts'
import { packageBlob } from '../publishing/package-blob.ts'
import type { World } from '../world.ts'
import { browserFiles, fileBlob, isEncoded } from './bundle-files.ts'

const KiB = 1024
/** Bytes of files that may be in work at a time, beside the one that is being read. */
const bytesAtATime = 8 * KiB * KiB
const filesAtATime = 8

/**
 * Writes every browser file of a package as a blob of its own, encoded forms included, and checks each against its
 * integrity value. Doing it again is harmless. Throws `BlobDamaged` when the package is not what its row says.
 */
export async function unpackBundle(world: Pick<World, 'blobs'>, version: VersionRow): Promise<void> {
  const wanted = new Map(browserFiles(version).map((file) => [file.path, file]))
  const quality = brotliQuality([...wanted.values()])
  const running = new Set<Promise<void>>()
  let runningBytes = 0
  const store = async (entry: ReadEntry, file: PackageFile) => {
    const content = await entry.concat()
    while (running.size >= filesAtATime || (running.size > 0 && runningBytes + content.length > bytesAtATime)) {
      await Promise.race(running)
    }
    runningBytes += content.length
    const work = storeFile(world, version.digest, { file, content, quality }).finally(() => {
      running.delete(work)
      runningBytes -= content.length
    })
    running.add(work)
    // A failure is thrown by whoever waits for it next, which may be later.
    work.catch(() => {})
  }

  const source = await streamVerified(world.blobs, packageBlob(version))
  await readEntries(source, async (entry) => {
    const file = wanted.get(entry.path)
    if (!file) return void entry.resume()
    wanted.delete(entry.path)
    await store(entry, file)
  })
  await Promise.all(running)
  const [missing] = wanted.keys()
  if (missing !== undefined) throw damaged(blobKeys.package(version.blob), `does not hold ${missing}`)
}

/** Gives the entries of a `.tar.gz` one after the other; the next is read when the one before has been taken. */
async function readEntries(
  source: AsyncIterable<Uint8Array>,
  take: (entry: ReadEntry) => Promise<void>,
): Promise<void> {
  let failure: { error: unknown } | undefined
  let last = Promise.resolve()
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      last = last
        .then(() => take(entry))
        .catch((error: unknown) => {
          failure ??= { error }
          entry.resume()
        })
    },
  })
  const ended = once(parser, 'end')
  ended.catch(() => {})
  for await (const chunk of source) {
    if (failure) throw failure.error
    if (!parser.write(Buffer.from(chunk))) await Promise.race([once(parser, 'drain'), ended])
  }
  parser.end()
  await ended
  await last
  if (failure) throw failure.error
}

async function storeFile(
  { blobs }: Pick<World, 'blobs'>,
  digest: string,
  { file, content, quality }: { file: PackageFile; content: Buffer; quality: number },
): Promise<void> {
  const blob = fileBlob(digest, file)
  verify(content, blob)
  const forms: [key: string, bytes: Promise<Buffer> | Buffer][] = [[blob.key, content]]
  if (isEncoded(file)) {
    const params = {
      [zlib.BROTLI_PARAM_QUALITY]: quality,
      [zlib.BROTLI_PARAM_SIZE_HINT]: content.length,
    }
    forms.push([blobKeys.file(digest, file.path, 'br'), promisify(brotliCompress)(content, { params })])
    forms.push([blobKeys.file(digest, file.path, 'gzip'), promisify(gzip)(content, { level: 9 })])
  }
  await Promise.all(
    forms.map(async ([key, made]) => {
      const bytes = await made
      if (key === blob.key || bytes.length < content.length) await blobs.putBytes(key, bytes)
    }),
  )
}

/** The best that keeps an approval below a second: on one core 11 takes about 1.7 ms for a KiB, 10 0.7 ms, 9 0.1 ms. */
function brotliQuality(files: readonly PackageFile[]): number {
  const bytes = files.reduce((sum, file) => sum + (isEncoded(file) ? file.bytes : 0), 0)
  return bytes <= 256 * KiB ? 11 : bytes <= 768 * KiB ? 10 : 9
}
