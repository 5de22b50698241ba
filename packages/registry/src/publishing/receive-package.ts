import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { packageTooLarge } from '@plexica/inspect/archive-rules'
import { limits } from '@plexica/manifest-schema'
import { fileError } from '../blobs/disk-blobs.ts'
import { RegistryError } from '../http/registry-error.ts'
import { freeChunks } from './free-chunks.ts'

/** A package that has arrived whole, in a file of its own. */
export interface ReceivedPackage {
  readonly path: string
  readonly bytes: number
  /** Of the `.tar.gz`, in hex. */
  readonly sha256: string
}

/** Milliseconds in which something of the body must come. */
const idleLimit = 30_000

/**
 * Writes a body to a file while it comes, hands the file to `use`, and removes it whatever happens. Memory does not grow
 * with the package. Throws `body_too_large`, before reading where the announced length says so, `body_incomplete`,
 * `BlobStoreFull` and `BlobStoreUnavailable`.
 */
export async function receivePackage<T>(
  body: AsyncIterable<Uint8Array>,
  { folder, contentLength }: { folder: string; contentLength: number | undefined },
  use: (received: ReceivedPackage) => Promise<T>,
): Promise<T> {
  if (contentLength !== undefined && contentLength > limits.packageBytes.max) throw tooLarge(contentLength)
  await mkdir(folder, { recursive: true }).catch(fail)
  const path = join(folder, randomUUID())
  try {
    return await use(await writeBody(body, path, contentLength))
  } finally {
    await rm(path, { force: true })
  }
}

async function writeBody(
  body: AsyncIterable<Uint8Array>,
  path: string,
  contentLength: number | undefined,
): Promise<ReceivedPackage> {
  const hash = createHash('sha256')
  const free = freeChunks()
  const file = await open(path, 'wx').catch(fail)
  let bytes = 0
  try {
    for await (const chunk of withoutStalls(body)) {
      bytes += chunk.length
      if (bytes > limits.packageBytes.max) throw tooLarge(bytes)
      hash.update(chunk)
      for (let at = 0; at < chunk.length; ) {
        const { bytesWritten } = await file.write(chunk, at).catch(fail)
        at += bytesWritten
      }
      free(chunk.length)
    }
  } finally {
    await file.close()
  }
  if (contentLength !== undefined && bytes !== contentLength) {
    throw new RegistryError('body_incomplete', `${bytes} of ${contentLength} bytes arrived.`)
  }
  return { path, bytes, sha256: hash.digest('hex') }
}

/** The body's chunks; a sender that stops sending, or goes away, is an incomplete body. */
async function* withoutStalls(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // An early end must leave the connection open: the answer that says why still has to go out on it.
  const chunks = body instanceof Readable ? body.iterator({ destroyOnReturn: false }) : body[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await beforeStall(chunks.next())
      if (next.done) return
      yield next.value
    }
  } catch (error) {
    if (error instanceof RegistryError) throw error
    throw new RegistryError('body_incomplete', undefined, { cause: error })
  } finally {
    // Lets go of the body without waiting: a stalled one may never answer.
    chunks.return?.().catch(() => {})
  }
}

/** One timer for each chunk: a promise that waited for all of them would keep them all. */
function beforeStall<T>(next: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stalled = () => reject(new RegistryError('body_incomplete', 'The body stopped coming.'))
    const timer = setTimeout(stalled, idleLimit)
    next.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function fail(error: unknown): never {
  throw fileError(error)
}

function tooLarge(bytes: number): RegistryError {
  const detail = `The package has ${bytes} bytes or more; ${limits.packageBytes.max} are allowed.`
  return new RegistryError('body_too_large', detail, { findings: [packageTooLarge()] })
}
