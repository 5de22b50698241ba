import type { Readable } from 'node:stream'

/** What is known of a blob without reading it. */
export interface BlobInfo {
  key: string
  bytes: number
  modifiedAt: Date
}

/** Thrown by every store when it has no room left. */
export class BlobStoreFull extends Error {
  override readonly name = 'BlobStoreFull'
}

/** Thrown by every store when it cannot be reached or fails. */
export class BlobStoreUnavailable extends Error {
  override readonly name = 'BlobStoreUnavailable'
}

/** Thrown by who reads a blob and finds it missing or other than its row says. */
export class BlobDamaged extends Error {
  override readonly name = 'BlobDamaged'
}

/** First and last byte, both inclusive. */
export interface BlobRange {
  readonly start: number
  readonly end: number
}

/** Immutable bytes by key. Every method may throw `BlobStoreUnavailable`; `put` may throw `BlobStoreFull`. */
export interface BlobStore {
  /**
   * Stores the bytes of a local file under a key. After it resolves the bytes are durable; before that nothing is
   * visible under the key. Putting a key that exists replaces it with, by the naming of keys, the same bytes.
   */
  putFile(key: string, path: string): Promise<void>
  putBytes(key: string, bytes: Uint8Array): Promise<void>
  /**
   * The bytes from `start` to `end`, both inclusive, as far as there are any, and how many they are; undefined when there
   * is no such blob.
   */
  get(key: string, range?: BlobRange): Promise<{ bytes: number; body: Readable } | undefined>
  /** Undefined when there is no such blob. */
  info(key: string): Promise<BlobInfo | undefined>
  delete(key: string): Promise<void>
  /** Every blob whose key begins with the prefix, in no particular order. */
  list(prefix: string): AsyncIterable<BlobInfo>
  /** Resolves when the store can be read and written. */
  check(): Promise<void>
}
