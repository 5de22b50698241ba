import type { Finding } from '@plexica/manifest-schema'
import { endpoints } from './endpoints.generated.ts'
import type { ErrorCode, Problem } from './errors.ts'
import type { AnswerOf, BodyOf, ParamsOf, QueryOf } from './route.ts'
import type { Operation, Routes } from './routes.ts'
import { StallClock } from './stall-clock.ts'

/** Codes that a client gives itself when there was no proper answer. */
export type ClientErrorCode = ErrorCode | 'registry_unreachable' | 'registry_timeout' | 'registry_answer_invalid'

/** A call that did not succeed: the registry's problem, or why there was no proper answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ClientErrorCode
  /** HTTP status, 0 when there was no answer. */
  readonly status: number
  readonly fix: string
  readonly findings: readonly Finding[]
  readonly requestId: string | undefined

  constructor(problem: {
    code: ClientErrorCode
    status: number
    detail: string
    fix: string
    findings?: readonly Finding[] | undefined
    requestId?: string | undefined
    cause?: unknown
  }) {
    super(problem.detail, { cause: problem.cause })
    this.code = problem.code
    this.status = problem.status
    this.fix = problem.fix
    this.findings = problem.findings ?? []
    this.requestId = problem.requestId
  }
}

export interface ClientOptions {
  /** Address of the registry, with or without a path before `/api`. */
  url: string
  /** API key or JWT, sent as a bearer token; a function is asked before every call, for tokens that do not last. */
  token?: string | (() => string | Promise<string>) | undefined
  fetch?: typeof fetch
  /**
   * Milliseconds in which something has to move: a part of the upload, or the answer. 30,000 unless told, 2^31 − 1 at
   * most. Bytes that are being answered are read at the caller's own pace.
   */
  timeout?: number
}

type Input<Row extends Routes[Operation]> = (Row extends { params: unknown } ? { params: ParamsOf<Row> } : unknown) &
  (Row extends { query: unknown } ? { query?: QueryOf<Row> } : unknown) &
  (Row extends { body: unknown } ? { body: BodyOf<Row> } : unknown) & { signal?: AbortSignal }

type Call<Row extends Routes[Operation]> = Row extends { params: unknown } | { body: unknown }
  ? (input: Input<Row>) => Promise<AnswerOf<Row>>
  : (input?: Input<Row>) => Promise<AnswerOf<Row>>

/**
 * One method per route, named by its operation. Every method throws `ApiError`, or the reason of the caller's signal when
 * that was aborted.
 */
export type Client = { readonly [Name in Operation]: Call<Routes[Name]> }

interface AnyInput {
  params?: Record<string, string | string[]>
  query?: Record<string, unknown>
  body?: unknown
  signal?: AbortSignal
}

export function createClient(options: ClientOptions): Client {
  const client: Record<string, (input?: AnyInput) => Promise<unknown>> = {}
  for (const [operation, [method, path, answer]] of Object.entries(endpoints)) {
    client[operation] = (input = {}) => call(options, method, path, answer, input)
  }
  return client as unknown as Client
}

async function call(options: ClientOptions, method: string, path: string, answer: string, input: AnyInput) {
  const address = addressOf(options.url, path, input)
  const headers = headersFor(typeof options.token === 'function' ? await options.token() : options.token)
  const clock = new StallClock(options.timeout ?? 30_000)
  const signal = input.signal ? AbortSignal.any([input.signal, clock.signal]) : clock.signal
  const init: RequestInit & { duplex?: 'half' } = { method, headers, signal }
  if (isStream(input.body)) {
    headers.set('content-type', 'application/gzip')
    init.body = clock.watch(input.body) as unknown as NonNullable<RequestInit['body']>
    init.duplex = 'half'
  } else if (input.body !== undefined) {
    headers.set('content-type', 'application/json')
    init.body = JSON.stringify(input.body)
  }
  try {
    const response = await (options.fetch ?? fetch)(address, init)
    if (!response.ok) throw await problemOf(response, options.url)
    if (answer === 'bytes') return response
    if (answer === 'none') return undefined
    return await jsonOf(response, options.url)
  } catch (cause) {
    if (input.signal?.aborted || cause instanceof ApiError) throw cause
    if (clock.sourceFailure) throw clock.sourceFailure.error
    throw unreachable(options.url, clock.signal.aborted, cause)
  } finally {
    clock.stop()
  }
}

function headersFor(token: string | undefined): Headers {
  const headers = new Headers({ accept: 'application/json, application/problem+json, */*' })
  if (token === undefined || token === '') return headers
  // What `Headers` throws would show the token.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new ApiError({
      code: 'key_invalid',
      status: 0,
      detail: 'The key has characters that no key has.',
      fix: 'Copy the key again, without quotes and line ends.',
    })
  }
  headers.set('authorization', `Bearer ${token}`)
  return headers
}

function addressOf(url: string, path: string, { params = {}, query = {} }: AnyInput): URL {
  const filled = path.replace(/([:*])(\w+)/g, (_, kind: string, name: string) => {
    const value = params[name]
    if (value === undefined) throw new TypeError(`missing parameter ${name} of ${path}`)
    return (kind === '*' ? [value].flat() : [String(value)]).map((part) => segmentOf(name, part)).join('/')
  })
  const address = baseOf(url)
  address.pathname = address.pathname.replace(/\/+$/, '') + filled
  for (const [name, value] of Object.entries(query)) {
    for (const item of [value].flat()) if (item !== undefined) address.searchParams.append(name, String(item))
  }
  return address
}

function baseOf(url: string): URL {
  const base = URL.parse(url)
  if (base === null || !/^https?:$/.test(base.protocol)) {
    throw new ApiError({
      code: 'registry_unreachable',
      status: 0,
      detail: `${url || 'An empty text'} is not the address of a registry.`,
      fix: 'Write it whole, e.g. https://plugins.example.com.',
    })
  }
  base.search = ''
  base.hash = ''
  return base
}

/** One part of a path. Encoded or not, dots alone would lead to another address. */
function segmentOf(name: string, part: string): string {
  if (part !== '' && part !== '.' && part !== '..') return encodeURIComponent(part)
  throw new ApiError({
    code: 'request_invalid',
    status: 0,
    detail: `${JSON.stringify(part)} cannot be a ${name}.`,
    fix: 'Correct it; the API reference shows the form.',
  })
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

async function jsonOf(response: Response, url: string): Promise<unknown> {
  if (!/\bjson\b/.test(response.headers.get('content-type') ?? '')) {
    await response.body?.cancel()
    throw notARegistry(response, url)
  }
  // A connection that breaks here is no answer at all, and told apart from one that is not JSON.
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw notARegistry(response, url, cause)
  }
}

async function problemOf(response: Response, url: string): Promise<ApiError> {
  const problem = (await jsonOf(response, url)) as Partial<Problem> | null
  if (typeof problem?.code !== 'string' || typeof problem.detail !== 'string') return notARegistry(response, url)
  const { code, detail, fix = '', findings, requestId } = problem
  return new ApiError({ code, detail, fix, findings, requestId, status: response.status })
}

function notARegistry(response: Response, url: string, cause?: unknown): ApiError {
  return new ApiError({
    code: 'registry_answer_invalid',
    status: response.status,
    detail: `${url} answered with status ${response.status} and something that is not a Plexica registry’s JSON.`,
    fix: 'Check the registry’s address, and whether a proxy answers in its place.',
    cause,
  })
}

function unreachable(url: string, timedOut: boolean, cause: unknown): ApiError {
  const reason = reasonOf(cause)
  return new ApiError({
    code: timedOut ? 'registry_timeout' : 'registry_unreachable',
    status: 0,
    detail: timedOut ? `${url} did not answer in time.` : `${url} cannot be reached: ${reason}.`,
    fix: 'Check the registry’s address and that it runs.',
    cause,
  })
}

/** What `fetch` hides in its causes: an address with several numbers fails with an error without a message. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  if (cause.cause instanceof Error) return reasonOf(cause.cause)
  return cause.message || ('code' in cause ? String(cause.code) : cause.name)
}
