import type { Finding } from '@plexica/manifest-schema'
import { endpoints } from './endpoints.generated.ts'
import type { ErrorCode, Problem } from './errors.ts'
import type { AnswerOf, BodyOf, ParamsOf, QueryOf } from './route.ts'
import type { Operation, Routes } from './routes.ts'

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
  /** API key or JWT, sent as a bearer token. */
  token?: string | undefined
  fetch?: typeof fetch
  /** Milliseconds to wait for the head of an answer; 30,000 unless told. */
  timeout?: number
}

type Input<Row extends Routes[Operation]> = (Row extends { params: unknown } ? { params: ParamsOf<Row> } : unknown) &
  (Row extends { query: unknown } ? { query?: QueryOf<Row> } : unknown) &
  (Row extends { body: unknown } ? { body: BodyOf<Row> } : unknown) & { signal?: AbortSignal }

type Call<Row extends Routes[Operation]> = Row extends { params: unknown } | { body: unknown }
  ? (input: Input<Row>) => Promise<AnswerOf<Row>>
  : (input?: Input<Row>) => Promise<AnswerOf<Row>>

/** One method per route, named by its operation. Every method throws `ApiError`. */
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
  const headers = new Headers({ accept: 'application/json, application/problem+json, */*' })
  if (options.token) headers.set('authorization', `Bearer ${options.token}`)
  const init: RequestInit & { duplex?: 'half' } = { method, headers }
  if (isStream(input.body)) {
    headers.set('content-type', 'application/gzip')
    init.body = input.body as unknown as NonNullable<RequestInit['body']>
    init.duplex = 'half'
  } else if (input.body !== undefined) {
    headers.set('content-type', 'application/json')
    init.body = JSON.stringify(input.body)
  }
  const timeout = AbortSignal.timeout(options.timeout ?? 30_000)
  init.signal = input.signal ? AbortSignal.any([input.signal, timeout]) : timeout

  let response: Response
  try {
    response = await (options.fetch ?? fetch)(address, init)
  } catch (cause) {
    if (input.signal?.aborted) throw cause
    throw unreachable(options.url, timeout.aborted, cause)
  }
  if (!response.ok) throw await problemOf(response, options.url)
  if (answer === 'bytes') return response
  if (answer === 'none') return undefined
  return jsonOf(response, options.url)
}

function addressOf(url: string, path: string, { params = {}, query = {} }: AnyInput): URL {
  const filled = path.replace(/([:*])(\w+)/g, (_, kind: string, name: string) => {
    const value = params[name]
    if (value === undefined) throw new TypeError(`missing parameter ${name} of ${path}`)
    return kind === '*' ? [value].flat().map(encodeURIComponent).join('/') : encodeURIComponent(String(value))
  })
  const address = new URL(url.replace(/\/+$/, '') + filled)
  for (const [name, value] of Object.entries(query)) {
    for (const item of [value].flat()) if (item !== undefined) address.searchParams.append(name, String(item))
  }
  return address
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

async function jsonOf(response: Response, url: string): Promise<unknown> {
  if (/\bjson\b/.test(response.headers.get('content-type') ?? '')) {
    try {
      return await response.json()
    } catch (cause) {
      throw notARegistry(response, url, cause)
    }
  }
  throw notARegistry(response, url)
}

async function problemOf(response: Response, url: string): Promise<ApiError> {
  try {
    const problem = (await jsonOf(response, url)) as Problem
    if (typeof problem.code !== 'string') return notARegistry(response, url)
    return new ApiError({ ...problem, status: response.status })
  } catch (error) {
    return error instanceof ApiError ? error : notARegistry(response, url, error)
  }
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
  const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause)
  return new ApiError({
    code: timedOut ? 'registry_timeout' : 'registry_unreachable',
    status: 0,
    detail: timedOut ? `${url} did not answer in time.` : `${url} cannot be reached: ${reason}.`,
    fix: 'Check the registry’s address and that it runs.',
    cause,
  })
}
