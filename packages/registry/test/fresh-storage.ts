import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { BlobStore } from '../src/blobs/blob-store.ts'
import { openBlobs } from '../src/blobs/open-blobs.ts'
import { type Config, readConfig } from '../src/config.ts'

/** A blob store of a test's own. */
export interface FreshStorage {
  /** The address that the settings take. */
  readonly url: string
  /** What a process needs besides, to be let in. */
  readonly env: Readonly<Record<string, string>>
  drop(): Promise<void>
}

/**
 * A new blob store of the kind that this run of the tests is for: beside PostgreSQL a bucket on the server that
 * `TEST_S3_ENDPOINT` names, and otherwise a folder in the folder.
 */
export async function freshStorage(folder: string): Promise<FreshStorage> {
  const endpoint = process.env.TEST_ENGINE === 'postgres' ? process.env.TEST_S3_ENDPOINT : undefined
  if (endpoint === undefined) {
    return { url: `file:${join(folder, 'blobs')}`, env: {}, drop: async () => undefined }
  }
  const bucket = `test-${randomUUID()}`
  await fetch(`${endpoint}/${bucket}`, { method: 'PUT' })
  const url = `s3://${bucket}?endpoint=${endpoint}`
  const env = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }
  // For the registries in this process.
  Object.assign(process.env, env)
  const drop = async () => {
    const store = await openBlobs(storageOf(url))
    for (const key of await keysIn(store)) await store.delete(key)
    await fetch(`${endpoint}/${bucket}`, { method: 'DELETE' })
  }
  return { url, env, drop }
}

export function storageOf(url: string): Config['storage'] {
  const read = readConfig({ PLEXICA_STORAGE_URL: url })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return read.config.storage
}

/** The keys of all blobs, sorted. */
export async function keysIn(store: BlobStore): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of store.list('')) keys.push(key)
  return keys.toSorted()
}

/** Makes other bytes of a blob behind the registry's back; undefined makes it go. */
export async function tamper(
  { storage }: Pick<Config, 'storage'>,
  key: string,
  change: (bytes: Buffer) => Buffer | undefined,
): Promise<void> {
  const store = await openBlobs(storage)
  const found = await store.get(key)
  if (!found) throw new Error(`there is no ${key}`)
  const changed = change(await buffer(found.body))
  if (changed) await store.putBytes(key, changed)
  else await store.delete(key)
}
