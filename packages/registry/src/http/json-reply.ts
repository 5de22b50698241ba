import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { crossOriginHeaders } from './cross-origin.ts'
import { etagMatches } from './etag.ts'
import type { ReadyAnswers } from './ready-answers.ts'
import { Reply } from './reply.ts'
import { securityHeaders } from './security-headers.ts'

/** JSON with a strong ETag over its bytes; a conditional request that has them gets 304. */
export class JsonReply extends Reply {
  readonly #bytes: Buffer
  readonly #etag: string
  readonly #cacheHeaders: CacheHeaders

  constructor(bytes: Buffer, etag: string, matches: boolean, cacheHeaders: CacheHeaders) {
    const headers = { ...cacheHeaders, etag }
    super(
      matches ? 304 : 200,
      matches ? headers : { ...headers, 'content-type': jsonType },
      matches ? undefined : bytes,
    )
    this.#bytes = bytes
    this.#etag = etag
    this.#cacheHeaders = cacheHeaders
  }

  /**
   * Keeps the bytes for the next caller without a key, until the tag is dropped or so many seconds have gone by. `moment`
   * is from before the reading.
   */
  keep(
    ready: ReadyAnswers,
    address: string,
    { tag, route, moment, seconds }: { tag: string; route: string; moment: number; seconds?: number },
  ): void {
    const headers = { ...securityHeaders, ...crossOriginHeaders, 'content-type': jsonType, ...this.#cacheHeaders }
    const until = seconds === undefined ? {} : { until: performance.now() + seconds * 1_000 }
    ready.set(address, { tag, route, etag: this.#etag, headers, body: this.#bytes, ...until }, moment)
  }
}

/** Who may keep an answer, and for how long. */
type CacheHeaders = Readonly<Record<string, string>>

const jsonType = 'application/json; charset=utf-8'

/** Unless told otherwise, nobody uses the answer again without asking. */
export function jsonReply(
  value: unknown,
  headers: IncomingHttpHeaders,
  cacheHeaders: CacheHeaders = { 'cache-control': 'no-cache' },
): JsonReply {
  const bytes = Buffer.from(JSON.stringify(value))
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`
  return new JsonReply(bytes, etag, etagMatches(headers['if-none-match'], etag), cacheHeaders)
}
