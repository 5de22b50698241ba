import type { Readable } from 'node:stream'

/** An answer that is not simply JSON: ready bytes or a stream, with its own status and headers. */
export class Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | Readable | undefined
  /** Called when the whole body has gone out to a GET. */
  readonly onSent: (() => void) | undefined

  constructor(
    status: number,
    headers: Readonly<Record<string, string>>,
    body?: Uint8Array | Readable,
    onSent?: () => void,
  ) {
    this.status = status
    this.headers = headers
    this.body = body
    this.onSent = onSent
  }
}
