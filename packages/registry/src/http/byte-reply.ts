import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { type ByteRange, byteRange } from './byte-range.ts'
import { etagMatches } from './etag.ts'
import { RegistryError } from './registry-error.ts'
import { Reply } from './reply.ts'

/** Bytes that never change, with all that is said about them. */
export interface ImmutableBytes {
  readonly etag: string
  readonly bytes: number
  readonly headers: Readonly<Record<string, string>>
  /** Opens all of them, or a part. Not called when the client has them already. */
  open(range?: ByteRange): Promise<Uint8Array | Readable>
  /** Called when all of them have gone out. */
  readonly onSent?: () => void
}

/** Answers 200, 206, 304 or 416, as the request's conditional and range headers ask (RFC 9110). */
export async function byteReply(request: IncomingHttpHeaders, content: ImmutableBytes): Promise<Reply> {
  const { etag, bytes } = content
  const headers = { ...content.headers, etag, 'accept-ranges': 'bytes' }
  if (etagMatches(request['if-none-match'], etag)) return new Reply(304, headers)
  const ifRange = request['if-range']
  const range = ifRange === undefined || ifRange === etag ? byteRange(request.range, bytes) : undefined
  if (range === 'unsatisfiable') {
    throw new RegistryError('range_not_satisfiable', `There are ${bytes} bytes.`, {
      headers: { 'content-range': `bytes */${bytes}` },
    })
  }
  if (!range) {
    return new Reply(200, { ...headers, 'content-length': String(bytes) }, await content.open(), content.onSent)
  }
  const part = {
    'content-length': String(range.end - range.start + 1),
    'content-range': `bytes ${range.start}-${range.end}/${bytes}`,
  }
  return new Reply(206, { ...headers, ...part }, await content.open(range))
}
