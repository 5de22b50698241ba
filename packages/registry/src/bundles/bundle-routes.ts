import type { IncomingHttpHeaders } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import type { ParamsOf, Routes } from '@plexica/api'
import type { PackageFile } from '@plexica/inspect'
import { limits } from '@plexica/manifest-schema'
import { blobKeys, type Encoding } from '../blobs/blob-keys.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import { damaged, openBlob, readVerified, verify } from '../blobs/read-verified.ts'
import { byteReply } from '../http/byte-reply.ts'
import { preferredEncoding } from '../http/content-encoding.ts'
import { etagMatches } from '../http/etag.ts'
import type { Handler } from '../http/handler.ts'
import { encodedKey } from '../http/ready-answers.ts'
import { RegistryError } from '../http/registry-error.ts'
import { Reply } from '../http/reply.ts'
import { viewerOf } from '../plugins/visibility.ts'
import type { BundleRow } from '../publishing/version-store.ts'
import type { World } from '../world.ts'
import { browserFiles, fileBlob, isEncoded } from './bundle-files.ts'
import { fileHeaders, keptByAll } from './bundle-headers.ts'
import { bundleAddress, packagePath } from './bundle-urls.ts'
import { readAddress, requireBundle } from './require-bundle.ts'

const getBundleFile: Handler<'getBundleFile'> = async ({ world, params, headers, principal }) => {
  const { moment } = world.ready
  const bundle = await requireBundle(world.db, params, viewerOf(principal))
  const isPublic = bundle.visibility === 'public'
  const cacheControl = isPublic ? keptByAll : 'private, no-cache'
  return fileReply(world, params, { bundle, request: headers, cacheControl, readyAt: isPublic ? moment : undefined })
}

const getPrivateBundleFile: Handler<'getPrivateBundleFile'> = async ({ world, params, headers }) => {
  const { viewer, seconds } = readAddress(world, params)
  const bundle = await requireBundle(world.db, params, viewer)
  const cacheControl = `private, max-age=${seconds}, immutable`
  return fileReply(world, params, { bundle, request: headers, cacheControl, readyAt: undefined })
}

type Named = ParamsOf<Routes['getBundleFile']>

interface Asked {
  readonly bundle: BundleRow
  readonly request: IncomingHttpHeaders
  readonly cacheControl: string
  /** Since when the answer may be kept for everybody; undefined for what not everybody gets. */
  readonly readyAt: number | undefined
}

async function fileReply(world: World, params: Named, { bundle, request, cacheControl, readyAt }: Asked) {
  const { pluginId, version } = params
  const path = packagePath(params.path)
  const file = browserFiles(bundle).find((one) => one.path === path)
  if (!file) throw new RegistryError('file_not_found', `${pluginId}@${version} has no file ${params.path.join('/')}.`)

  const encoding = isEncoded(file) ? preferredEncoding(request['accept-encoding']) : 'identity'
  const etag = `"${file.integrity}${encoding === 'identity' ? '' : `-${encoding}`}"`
  const headers = fileHeaders(path, cacheControl)
  if (etagMatches(request['if-none-match'], etag)) return new Reply(304, { ...headers, etag })
  const blob = fileBlob(bundle.digest, file)
  if (file.bytes > limits.scriptBytes.max) {
    return byteReply(request, { etag, headers, bytes: file.bytes, open: (range) => openBlob(world.blobs, blob, range) })
  }

  const content = await loadFile(world.blobs, bundle.digest, file, encoding)
  if (content.encoding !== 'identity') headers['content-encoding'] = content.encoding
  if (readyAt !== undefined) {
    const address = bundleAddress(pluginId, version, path)
    world.ready.set(
      isEncoded(file) ? encodedKey(address, encoding) : address,
      {
        tag: `plugin:${pluginId}/files`,
        route,
        etag,
        headers: { ...headers, 'accept-ranges': 'bytes' },
        body: content.bytes,
      },
      readyAt,
    )
  }
  return byteReply(request, {
    etag,
    headers,
    bytes: content.bytes.length,
    open: async (range) => (range ? content.bytes.subarray(range.start, range.end + 1) : content.bytes),
  })
}

const route = '/plugins/bundles/:pluginId/v:version/*path'

/** A file in an encoding, or as it is where that encoding saves nothing. Verified: never other bytes than the approved. */
async function loadFile(
  blobs: BlobStore,
  digest: string,
  file: PackageFile,
  encoding: Encoding | 'identity',
): Promise<{ encoding: Encoding | 'identity'; bytes: Buffer }> {
  const key = blobKeys.file(digest, file.path, encoding)
  const encoded = encoding === 'identity' ? undefined : await blobs.get(key)
  if (encoding === 'identity' || !encoded) {
    return { encoding: 'identity', bytes: await readVerified(blobs, fileBlob(digest, file)) }
  }
  const bytes = await buffer(encoded.body)
  const plain = await decoders[encoding](bytes, { maxOutputLength: file.bytes }).catch((error: Error) => {
    throw damaged(key, `cannot be decoded: ${error.message}`)
  })
  verify(plain, { ...fileBlob(digest, file), key })
  return { encoding, bytes }
}

const decoders = { br: promisify(brotliDecompress), gzip: promisify(gunzip) } as const

export const bundleHandlers = { getPrivateBundleFile, getBundleFile }
