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

  constructor(bytes: Buffer, etag: string, matches: boolean, cacheHeaders: Readonly<Record<string, string>>) {
    const headers = { ...cacheHeaders, etag }
    super(
      matches ? 304 : 200,
      matches ? headers : { ...headers, 'content-type': jsonType },
      matches ? undefined : bytes,
    )
    this.#bytes = bytes
    this.#etag = etag
  }

  /** Keeps the bytes for the next caller without a key, until the tag is dropped. `moment` is from before the reading. */
  keep(ready: ReadyAnswers, address: string, about: { tag: string; route: string; moment: number }): void {
    const headers = { ...securityHeaders, ...crossOriginHeaders, 'content-type': jsonType, 'cache-control': 'no-cache' }
    ready.set(
      address,
      { tag: about.tag, route: about.route, etag: this.#etag, headers, body: this.#bytes },
      about.moment,
    )
  }
}

const jsonType = 'application/json; charset=utf-8'

/** `cacheHeaders` say who may keep the answer and for how long; unless told, nobody without asking again. */
export function jsonReply(
  value: unknown,
  headers: IncomingHttpHeaders,
  cacheHeaders: Readonly<Record<string, string>> = { 'cache-control': 'no-cache' },
): JsonReply {
  const bytes = Buffer.from(JSON.stringify(value))
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`
  return new JsonReply(bytes, etag, etagMatches(headers['if-none-match'], etag), cacheHeaders)
}
