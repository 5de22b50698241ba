import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { type ErrorCode, errors } from '@plexica/api'
import type { Logger } from 'pino'
import { problemOf } from './error-response.ts'
import { RegistryError } from './registry-error.ts'

/** Answers what is not even HTTP in the same form as everything else, and ends the connection. */
export function refuseUnreadable(server: Server, log: Logger): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const id = randomUUID()
    const refused = new RegistryError(codeOf(error), sentences[error.code ?? ''] ?? 'This is not a request in HTTP.')
    const { status } = errors[refused.code]
    const body = JSON.stringify(problemOf(refused, id))
    socket.end(
      [
        `HTTP/1.1 ${status} Bad Request`,
        'content-type: application/problem+json; charset=utf-8',
        `content-length: ${Buffer.byteLength(body)}`,
        `x-request-id: ${id}`,
        'connection: close',
        '',
        body,
      ].join('\r\n'),
    )
    log.info({ request: id, status, code: refused.code, reason: error.code }, 'request')
  })
}

/** Node's names for what its parser refuses and for a request that takes too long. */
const sentences: Record<string, string> = {
  HPE_HEADER_OVERFLOW: 'The address and headers of the request are too long together.',
  ERR_HTTP_REQUEST_TIMEOUT: 'The request took too long to arrive.',
}

function codeOf(error: NodeJS.ErrnoException): ErrorCode {
  return error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'body_incomplete' : 'request_invalid'
}
