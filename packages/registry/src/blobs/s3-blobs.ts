import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { StorageLocation } from '../config.ts'
import { checkBlobKey } from './blob-keys.ts'
import { type BlobInfo, type BlobRange, type BlobStore, BlobStoreFull, BlobStoreUnavailable } from './blob-store.ts'
import { guardedStream } from './guarded-stream.ts'

/** Milliseconds for a call without a body, its retries included. */
const callLimit = 20_000
/** Milliseconds for one attempt to write a blob. */
const putLimit = 120_000
const putAttempts = 3

/**
 * Opens a bucket. Credentials come from the SDK's standard chain. Throws `BlobStoreUnavailable` when the bucket is not
 * there or may not be used.
 */
export async function openS3Blobs(location: Extract<StorageLocation, { kind: 's3' }>): Promise<BlobStore> {
  const client = new S3Client({
    region: location.region,
    ...(location.endpoint === undefined ? {} : { endpoint: location.endpoint, forcePathStyle: true }),
    maxAttempts: 3,
    // Most servers besides Amazon's do not take the checksums in trailers that are the SDK's default.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // What fails is thrown, and told by whoever catches it.
    logger: silent,
    requestHandler: {
      connectionTimeout: 3_000,
      socketTimeout: 30_000,
      requestTimeout: putLimit,
      throwOnRequestTimeout: true,
    },
  })
  const store = new S3Blobs(client, location.bucket)
  await store.check()
  return store
}

const nothing = () => {}
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing }

/** A body that can be sent again from its beginning. */
interface Content {
  bytes: number
  chunks: () => Readable
}

class S3Blobs implements BlobStore {
  readonly #client: S3Client
  readonly #bucket: string

  constructor(client: S3Client, bucket: string) {
    this.#client = client
    this.#bucket = bucket
  }

  async putFile(key: string, path: string): Promise<void> {
    const { size } = await stat(path).catch(fail)
    await this.#put(key, { bytes: size, chunks: () => createReadStream(path) })
  }

  async putBytes(key: string, bytes: Uint8Array): Promise<void> {
    await this.#put(key, { bytes: bytes.length, chunks: () => Readable.from([bytes]) })
  }

  async get(key: string, range?: BlobRange): Promise<{ bytes: number; body: Readable } | undefined> {
    checkBlobKey(key)
    const Range = range && `bytes=${range.start}-${range.end}`
    try {
      const found = await this.#client.send(new GetObjectCommand({ ...this.#at(key), Range }), this.#limited())
      if (!(found.Body instanceof Readable)) throw new Error('the answer has no body')
      return { bytes: found.ContentLength ?? 0, body: guardedStream(found.Body, storeError) }
    } catch (error) {
      const { name } = error as Error
      if (name === 'NoSuchKey') return undefined
      if (name === 'InvalidRange') return { bytes: 0, body: Readable.from([]) }
      throw storeError(error)
    }
  }

  async info(key: string): Promise<BlobInfo | undefined> {
    checkBlobKey(key)
    try {
      const found = await this.#client.send(new HeadObjectCommand(this.#at(key)), this.#limited())
      return { key, bytes: found.ContentLength ?? 0, modifiedAt: found.LastModified ?? new Date() }
    } catch (error) {
      if (statusOf(error) === 404) return undefined
      throw storeError(error)
    }
  }

  async delete(key: string): Promise<void> {
    checkBlobKey(key)
    await this.#client.send(new DeleteObjectCommand(this.#at(key)), this.#limited()).catch(fail)
  }

  async *list(prefix: string): AsyncGenerator<BlobInfo> {
    let token: string | undefined
    do {
      const command = new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: prefix, ContinuationToken: token })
      const page = await this.#client.send(command, this.#limited()).catch(fail)
      for (const { Key, Size = 0, LastModified = new Date() } of page.Contents ?? []) {
        if (Key !== undefined) yield { key: Key, bytes: Size, modifiedAt: LastModified }
      }
      token = page.IsTruncated ? page.NextContinuationToken : undefined
    } while (token !== undefined)
  }

  async check(): Promise<void> {
    await this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }), this.#limited()).catch(fail)
  }

  /** Hashed first, so that no server needs chunked signatures and any server can compare what arrived. */
  async #put(key: string, content: Content): Promise<void> {
    checkBlobKey(key)
    const digests = await hashes(content).catch(fail)
    for (let attempt = 1; ; attempt++) {
      const command = new PutObjectCommand({
        ...this.#at(key),
        Body: content.chunks(),
        ContentLength: content.bytes,
        ...digests,
      })
      try {
        await this.#client.send(command, this.#limited(putLimit))
        return
      } catch (error) {
        // The SDK repeats what failed, except when the body is a stream: that only its owner can begin again.
        if (attempt === putAttempts || !isPassing(error)) throw storeError(error)
        await wait(200 * 2 ** attempt)
      }
    }
  }

  #at(key: string) {
    return { Bucket: this.#bucket, Key: key }
  }

  #limited(limit = callLimit) {
    return { abortSignal: AbortSignal.timeout(limit) }
  }
}

/** SHA-256 for servers that know the newer header, MD5 for the others; both are compared on arrival. */
async function hashes({ chunks }: Content): Promise<{ ChecksumSHA256: string; ContentMD5: string }> {
  const sha256 = createHash('sha256')
  const md5 = createHash('md5')
  for await (const chunk of chunks()) {
    sha256.update(chunk)
    md5.update(chunk)
  }
  return { ChecksumSHA256: sha256.digest('base64'), ContentMD5: md5.digest('base64') }
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
}

/** Worth another attempt: no answer at all, or one that blames the server. */
function isPassing(error: unknown): boolean {
  const status = statusOf(error)
  return (status === undefined || status === 429 || status >= 500) && !isFull(error)
}

function isFull(error: unknown): boolean {
  return statusOf(error) === 507 || ['QuotaExceeded', 'InsufficientStorage'].includes((error as Error).name)
}

function storeError(error: unknown): Error {
  const { name, message } = error as Error
  const sentence = message && message !== 'UnknownError' ? message : `${name} (status ${statusOf(error) ?? 'none'})`
  return isFull(error)
    ? new BlobStoreFull(sentence, { cause: error })
    : new BlobStoreUnavailable(sentence, { cause: error })
}

function fail(error: unknown): never {
  throw storeError(error)
}
