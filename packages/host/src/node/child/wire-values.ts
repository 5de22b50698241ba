import { CodedError } from './channel.ts'
import type { WireAnswer, WireBody, WireRequest } from './messages.ts'

export function bytesOf({ text, base64 }: WireBody): Uint8Array<ArrayBuffer> {
  if (base64 !== undefined) return new Uint8Array(Buffer.from(base64, 'base64'))
  return new TextEncoder().encode(text ?? '')
}

export function wireBytes(bytes: Uint8Array): WireBody {
  return bytes.length === 0 ? {} : { base64: Buffer.from(bytes).toString('base64') }
}

/** What a route has returned, as it travels. Throws when it is no answer. */
export function wireAnswer(returned: unknown): WireAnswer {
  if (returned === undefined || returned === null) return { status: 204, headers: [], body: {} }
  if (typeof returned !== 'object') throw invalid(`A route returned ${typeof returned} instead of an answer.`)
  const { status, headers, body, ...others } = returned as Record<string, unknown>
  const [other] = Object.keys(others)
  if (other !== undefined) throw invalid(`“${other}” is no part of an answer: status, headers and body are.`)
  const known = headersOf(headers)
  const empty = body === undefined || body === null
  const [type, content] = empty ? ['', {}] : wireBody(body)
  if (type !== '' && !known.has('content-type')) known.set('content-type', type)
  return { status: statusOf(status ?? (empty ? 204 : 200)), headers: [...known], body: content }
}

function headersOf(given: unknown): Headers {
  try {
    return new Headers((given ?? {}) as Record<string, string>)
  } catch (thrown) {
    throw invalid(`The headers of an answer are none: ${thrown instanceof Error ? thrown.message : thrown}`)
  }
}

function statusOf(status: unknown): number {
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return status
  throw invalid(`“${String(status)}” is no status of an answer.`)
}

function wireBody(body: unknown): [type: string, body: WireBody] {
  if (typeof body === 'string') return ['text/plain; charset=utf-8', { text: body }]
  if (body instanceof Uint8Array) return ['application/octet-stream', wireBytes(body)]
  if (body instanceof ArrayBuffer) return ['application/octet-stream', wireBytes(new Uint8Array(body))]
  const text = JSON.stringify(body)
  if (text === undefined) throw invalid('The body of an answer cannot be written as JSON.')
  return ['application/json', { text }]
}

function invalid(message: string): CodedError {
  return new CodedError({ code: 'backend_answer_invalid', message })
}

/** What a route is given, see `BackendRequest`. */
export function requestOf({ method, path, params, query, headers, body }: WireRequest): object {
  const { json, text, base64 } = body
  const content = base64 === undefined ? (text ?? json) : bytesOf(body)
  return { method, path, params, query: new URLSearchParams(query), headers: new Headers(headers), body: content }
}
