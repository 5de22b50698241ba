/** Bytes travel as base64, because the messages are JSON. */
export interface WireBody {
  text?: string
  base64?: string
}

export interface WireRequest {
  method: string
  path: string
  params: Record<string, string>
  query: string
  headers: [string, string][]
  body: WireBody & { json?: unknown }
}

export interface WireAnswer {
  status: number
  headers: [string, string][]
  body: WireBody
}

export interface WireFetch {
  url: string
  method: string
  headers: [string, string][]
  body: WireBody
  redirect: string
}

export interface WireFetched extends WireAnswer {
  statusText: string
  url: string
  redirected: boolean
}

export interface WireError {
  code: string
  message: string
}

/** What the platform says to the process. */
export type ToBackend =
  | {
      type: 'start'
      pluginId: string
      tenantId: string
      source: string
      /** Names of the modules of Node that it may import. */
      modules: readonly string[]
      configuration: Record<string, unknown>
      routes: string[]
      hooks: string[]
      /** The longest message that the platform takes, in bytes, and how many questions it answers at once. */
      limits: { frameBytes: number; questions: number }
    }
  | { type: 'route'; call: number; name: string; request: WireRequest }
  | { type: 'hook'; call: number; name: string; payload: unknown }
  | { type: 'abort'; call: number }
  | { type: 'answered'; question: number; value?: unknown; error?: WireError }

/** What the process says. The platform believes none of it. */
export type FromBackend =
  | { type: 'started'; undeclared: string[] }
  | { type: 'failed'; error: WireError }
  | { type: 'answer'; call: number; value?: unknown }
  | { type: 'threw'; call: number; error: WireError }
  | { type: 'request'; question: number; permission: string; input?: unknown }
  | { type: 'fetch'; question: number; fetch: WireFetch }
  | { type: 'log'; level: string; text: string }
  | { type: 'crashed'; message: string }
