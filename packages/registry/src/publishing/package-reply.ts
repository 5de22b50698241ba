import type { IncomingHttpHeaders } from 'node:http'
import { openBlob, readVerified } from '../blobs/read-verified.ts'
import type { VersionRow } from '../db/tables.ts'
import { byteReply } from '../http/byte-reply.ts'
import type { Reply } from '../http/reply.ts'
import type { World } from '../world.ts'
import { packageBlob } from './package-blob.ts'

/**
 * Answers with a version's package. Small ones are verified before the first byte goes out, and kept in memory when
 * everybody gets them at this address; large ones are verified on the way, and cut off when they are not the named bytes.
 */
export async function packageReply(
  world: World,
  row: VersionRow,
  request: IncomingHttpHeaders,
  { isShared, moment }: { isShared: boolean; moment: number },
): Promise<Reply> {
  const { plugin_id: pluginId, version } = row
  const blob = packageBlob(row)
  const onSent = () => world.downloads.add(pluginId, version, blob.bytes, world.now())
  const etag = `"${row.blob}"`
  const headers = {
    'content-type': 'application/gzip',
    'content-disposition': `attachment; filename="${pluginId}-${version}.tar.gz"`,
    'cache-control': isShared ? 'public, max-age=31536000, immutable' : 'private, no-cache',
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
  }
  const isSmall = blob.bytes <= world.ready.maxBytesEach
  return byteReply(request, {
    etag,
    headers,
    bytes: blob.bytes,
    onSent,
    open: async (range) => {
      if (!isSmall) return openBlob(world.blobs, blob, range)
      const body = await readVerified(world.blobs, blob)
      if (range) return body.subarray(range.start, range.end + 1)
      if (isShared) {
        const kept = { tag: `plugin:${pluginId}/files`, route, etag, headers, body, onSend: onSent }
        world.ready.set(`/api/plugins/${pluginId}/versions/${version}/package`, kept, moment)
      }
      return body
    },
  })
}

const route = '/api/plugins/:pluginId/versions/:version/package'
