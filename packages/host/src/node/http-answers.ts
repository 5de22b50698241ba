import { BackendError } from './backend-errors.ts'
import type { WireBody, WireRequest } from './child/messages.ts'
import { isAnswer } from './message-shapes.ts'

/** What a caller signs in with belongs to the platform alone, and so does what speaks of the connection. */
const keptFromBackend =
  /^(?:authorization|cookie|proxy-.*|connection|keep-alive|te|trailer|transfer-encoding|upgrade|x-api-key|x-csrf-token|x-xsrf-token)$/

/**
 * The headers of an answer that reach the caller. All others would speak for the platform, on whose address the plugin
 * answers: set its cookies, open it to other origins, or have a proxy send a file (`x-accel-redirect`).
 */
const toCaller: readonly string[] = [
  'cache-control',
  'content-disposition',
  'content-language',
  'content-type',
  'etag',
  'expires',
  'last-modified',
  'location',
  'retry-after',
  'vary',
]

/** What a page that came from a plugin may do at the platform's address: nothing. */
const safety = {
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
}

/** @throws {BackendError} `backend_request_too_large`, `backend_request_invalid`. */
export async function wireRequest(
  request: Request,
  { path, params, longest }: { path: string; params: Record<string, string>; longest: number },
): Promise<WireRequest> {
  return {
    method: request.method,
    path,
    params,
    query: new URL(request.url).search,
    headers: [...request.headers].filter(([name]) => !keptFromBackend.test(name)),
    body: await requestBody(request, longest),
  }
}

async function requestBody(request: Request, longest: number): Promise<WireRequest['body']> {
  const bytes = await bytesOf(request, longest)
  if (bytes.length === 0) return {}
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (!/^(?:text\/.+|application\/(?:x-www-form-urlencoded|json|.+\+json))$/.test(type)) {
    return { base64: bytes.toString('base64') }
  }
  const text = bytes.toString('utf8')
  if (!type.endsWith('json')) return { text }
  try {
    return { json: JSON.parse(text) }
  } catch (cause) {
    throw new BackendError('backend_request_invalid', 'The body of the request is not JSON.', { cause })
  }
}

async function bytesOf(request: Request, longest: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of request.body ?? []) {
    length += part.length
    if (length > longest) {
      throw new BackendError('backend_request_too_large', `The request has more than ${longest} bytes.`)
    }
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** @throws {BackendError} `backend_answer_invalid`, `backend_answer_too_large`. */
export function routeResponse(value: unknown, longest: number): Response {
  const invalid = new BackendError('backend_answer_invalid', 'The backend did not give an answer.')
  if (!isAnswer(value)) throw invalid
  const { status, body } = value
  if (!Number.isInteger(status) || status < 200 || status > 599) throw invalid
  const bytes = answerBytes(body)
  if (bytes.length > longest) {
    throw new BackendError('backend_answer_too_large', `The backend’s answer has more than ${longest} bytes.`)
  }
  const headers = new Headers(safety)
  for (const [name, text] of value.headers) {
    try {
      if (toCaller.includes(name.toLowerCase())) headers.set(name, text)
    } catch {
      throw invalid
    }
  }
  return new Response([204, 205, 304].includes(status) ? null : bytes, { status, headers })
}

function answerBytes({ text = '', base64 }: WireBody): Uint8Array<ArrayBuffer> {
  return base64 === undefined ? new TextEncoder().encode(text) : new Uint8Array(Buffer.from(base64, 'base64'))
}

/** A failure as `application/problem+json` (RFC 9457). What the plugin said of it stays with the platform. */
export function problemResponse({ code, status, message, fix }: BackendError, pluginId: string): Response {
  const detail = status < 500 ? message : `The plugin ${pluginId} could not answer.`
  const headers = {
    ...safety,
    'content-type': 'application/problem+json',
    ...(status === 503 && { 'retry-after': '1' }),
  }
  return new Response(JSON.stringify({ type: 'about:blank', status, code, detail, fix }), {
    status,
    headers,
  })
}
