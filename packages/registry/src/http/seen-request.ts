import type { ErrorCode } from '@plexica/api'

/** What is known of a request when its answer has gone out or its client has left. */
export interface SeenRequest {
  readonly method: string
  /** The route's path rather than the address; null where there is no route. */
  readonly route: string | null
  readonly status: number
  readonly ms: number
  /** Of the body, when all of it went out. */
  readonly bytes: number
  /** Why it was refused. */
  readonly code: ErrorCode | undefined
}
