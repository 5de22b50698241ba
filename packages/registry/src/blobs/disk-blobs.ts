import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, mkdir, open, opendir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { checkBlobKey } from './blob-keys.ts'
import { type BlobInfo, type BlobRange, type BlobStore, BlobStoreFull, BlobStoreUnavailable } from './blob-store.ts'
import { guardedStream } from './guarded-stream.ts'
import { syncFolder } from './sync-folder.ts'

/** Where blobs are written before they get their names. Keys never begin with a dot, so that this name is free. */
export const stagingFolder = '.staging'

/** Opens, and makes where missing, a folder of blobs. Throws `BlobStoreUnavailable` when that is not possible. */
export async function openDiskBlobs(path: string): Promise<BlobStore> {
  const folder = resolve(path)
  await guarded(async () => {
    await mkdir(join(folder, stagingFolder), { recursive: true })
    await syncFolder(folder)
  })
  return new DiskBlobs(folder)
}

class DiskBlobs implements BlobStore {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async putFile(key: string, path: string): Promise<void> {
    // Another name for the same bytes costs nothing; where the file system has no such thing, they are copied.
    await this.#publish(key, (name) => link(path, name).catch(() => copyFile(path, name, constants.COPYFILE_EXCL)))
  }

  async putBytes(key: string, bytes: Uint8Array): Promise<void> {
    await this.#publish(key, (name) => writeFile(name, bytes, { flag: 'wx' }))
  }

  async get(key: string, range?: BlobRange): Promise<{ bytes: number; body: Readable } | undefined> {
    const file = this.#fileOf(key)
    return guarded(async () => {
      const handle = await open(file).catch(unlessMissing)
      if (!handle) return undefined
      try {
        const found = await handle.stat()
        if (!found.isFile()) {
          await handle.close()
          return undefined
        }
        const start = range?.start ?? 0
        const end = Math.min(range?.end ?? found.size - 1, found.size - 1)
        if (start > end) {
          await handle.close()
          return { bytes: 0, body: Readable.from([]) }
        }
        return { bytes: end - start + 1, body: guardedStream(handle.createReadStream({ start, end }), fileError) }
      } catch (error) {
        await handle.close()
        throw error
      }
    })
  }

  async info(key: string): Promise<BlobInfo | undefined> {
    const file = this.#fileOf(key)
    const found = await guarded(() => stat(file).catch(unlessMissing))
    return found?.isFile() ? { key, bytes: found.size, modifiedAt: found.mtime } : undefined
  }

  async delete(key: string): Promise<void> {
    const file = this.#fileOf(key)
    await guarded(() => rm(file, { force: true }))
  }

  async *list(prefix: string): AsyncGenerator<BlobInfo> {
    // Only the folder that the prefix names can hold such keys.
    const start = join(this.#folder, prefix.slice(0, prefix.lastIndexOf('/') + 1))
    const folders = [start]
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      for (const entry of await guarded(() => entriesOf(folder as string))) {
        const path = join(folder, entry.name)
        const key = relative(this.#folder, path).split(sep).join('/')
        if (key.startsWith('.')) continue
        if (entry.isDirectory()) folders.push(path)
        else if (key.startsWith(prefix)) {
          const found = await guarded(() => stat(path).catch(unlessMissing))
          if (found) yield { key, bytes: found.size, modifiedAt: found.mtime }
        }
      }
    }
  }

  async check(): Promise<void> {
    const name = this.#stagingName()
    await guarded(() => writeFile(name, 'check').finally(() => rm(name, { force: true })))
  }

  #fileOf(key: string): string {
    checkBlobKey(key)
    return join(this.#folder, ...key.split('/'))
  }

  #stagingName(): string {
    return join(this.#folder, stagingFolder, randomUUID())
  }

  /** Bytes under a private name, on disk; then the key's name in one step; then that name on disk. */
  async #publish(key: string, write: (name: string) => Promise<unknown>): Promise<void> {
    const file = this.#fileOf(key)
    const name = this.#stagingName()
    await guarded(async () => {
      try {
        await write(name)
        await syncFile(name)
        const made = await mkdir(dirname(file), { recursive: true })
        await rename(name, file)
        await syncFolder(dirname(file))
        if (made !== undefined) await this.#syncFoldersAbove(dirname(file))
      } finally {
        // Renaming one name of a file to another of its names leaves both.
        await rm(name, { force: true })
      }
    })
  }

  async #syncFoldersAbove(folder: string): Promise<void> {
    for (let above = folder; above !== this.#folder; ) {
      above = dirname(above)
      await syncFolder(above)
    }
  }
}

async function entriesOf(folder: string) {
  const entries = []
  const found = await opendir(folder).catch(unlessMissing)
  if (found) for await (const entry of found) entries.push(entry)
  return entries
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
  throw error
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw fileError(error)
  }
}

/** The store's words for what the file system says. */
export function fileError(error: unknown): BlobStoreFull | BlobStoreUnavailable {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return new BlobStoreFull(message, { cause: error })
  return new BlobStoreUnavailable(message, { cause: error })
}
