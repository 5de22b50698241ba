/** What an author exports as `routes`: `GET /quotes/:id`, as the manifest declares it → what answers it. */
export type BackendRoutes = Readonly<
  Record<string, (request: BackendRequest, plexica: Plexica) => Answered | Promise<Answered>>
>

/** What an author exports as `hooks`: the name of an occasion → what happens on it. The result travels as JSON. */
export type BackendHooks = Readonly<Record<string, (payload: never, plexica: Plexica) => unknown>>

type Answered = BackendAnswer | undefined

export interface BackendRequest {
  readonly method: string
  /** Below the plugin's own address, e.g. `/quotes/17`. */
  readonly path: string
  /** Parts of the path by their names, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Without cookies and without what the caller signs in with. */
  readonly headers: Headers
  /** Of JSON the value, of text and forms the text, of everything else the bytes; undefined when there is none. */
  readonly body: unknown
}

export interface BackendAnswer {
  /** 200 to 599; 200 unless told, or 204 without a body. */
  readonly status?: number
  /** Those that speak of the answer reach the caller, see docs/running-backends.md. */
  readonly headers?: Readonly<Record<string, string>> | Headers
  /** Text and bytes as they are; everything else as JSON. */
  readonly body?: unknown
}

/** What a backend gets of the platform with every call. */
export interface Plexica {
  readonly tenantId: string
  /** The tenant's configuration with its secret values, as far as the platform hands them over; frozen. */
  readonly configuration: Readonly<Record<string, unknown>>
  /** Asks the platform in the name of a granted permission. Rejects with an error that has a `code`. */
  readonly request: (permission: string, input?: unknown) => Promise<unknown>
  /** Reaches the hosts under `network` in the manifest and no others; the same as the global `fetch`. */
  readonly fetch: typeof globalThis.fetch
  /** Aborted when the time of the call is over. What does not end then is ended with its process. */
  readonly signal: AbortSignal
}
