import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { hasSessionCookie } from '../auth/session-cookie.ts'
import type { World } from '../world.ts'
import { preferredEncoding } from './content-encoding.ts'
import { crossOriginHeaders } from './cross-origin.ts'
import { etagMatches } from './etag.ts'
import { encodedKey, type ReadyAnswer } from './ready-answers.ts'

/**
 * Answers from memory what is ready there, before Express looks at the request; false when it is not. Only requests to
 * which everybody gets the same answer: GET and HEAD without a key, a session and a range.
 */
export function answerReady(
  { ready, log, metrics }: Pick<World, 'ready' | 'log' | 'metrics'>,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { method, url = '', headers } = request
  if ((method !== 'GET' && method !== 'HEAD') || headers.range !== undefined) return false
  if (headers.authorization !== undefined || hasSessionCookie(headers)) return false
  const encoding = preferredEncoding(headers['accept-encoding'])
  const answer = ready.get(url) ?? ready.get(encodedKey(url, encoding))
  if (!answer) return false

  const started = performance.now()
  const id = randomUUID()
  const unchanged = etagMatches(headers['if-none-match'], answer.etag)
  const head = headOf(answer)
  response.writeHead(unchanged ? 304 : 200, ['x-request-id', id, ...(unchanged ? head.unchanged : head.whole)])
  response.end(unchanged || method === 'HEAD' ? undefined : answer.body)
  if (!unchanged && method === 'GET') answer.onSend?.()
  response.once('close', () => {
    const ms = Math.round((performance.now() - started) * 10) / 10
    const line = { request: id, method, route: answer.route, status: response.statusCode, ms }
    log.info(response.writableFinished ? line : { ...line, aborted: true }, 'request')
    const isWhole = response.writableFinished && !unchanged && method === 'GET'
    metrics.observe({ ...line, bytes: isWhole ? answer.body.length : 0, code: undefined })
  })
  return true
}

interface Head {
  readonly whole: readonly string[]
  readonly unchanged: readonly string[]
}

const heads = new WeakMap<ReadyAnswer, Head>()

/** Names and values in a row, as Node writes them fastest. */
function headOf(answer: ReadyAnswer): Head {
  let head = heads.get(answer)
  if (!head) {
    const unchanged = Object.entries({ ...answer.headers, ...crossOriginHeaders, etag: answer.etag })
    const whole = [...unchanged, ['content-length', String(answer.body.length)]]
    head = { whole: whole.flat(), unchanged: unchanged.filter(([name]) => name !== 'content-type').flat() }
    heads.set(answer, head)
  }
  return head
}
