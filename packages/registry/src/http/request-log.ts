import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { SeenRequest } from './seen-request.ts'

declare global {
  namespace Express {
    interface Request {
      id: string
      log: Logger
    }
  }
}

/**
 * Gives each request an id, which its answer carries, and one line when it ends. The line has the route's path rather
 * than the address, and no header: neither a key nor a query can get into a log.
 */
export function logRequests(log: Logger, observe: (seen: SeenRequest) => void): RequestHandler {
  return (request, response, next) => {
    const started = performance.now()
    request.id = randomUUID()
    request.log = log.child({ request: request.id })
    response.setHeader('x-request-id', request.id)
    response.once('close', () => {
      const line = {
        request: request.id,
        method: request.method,
        route: request.route?.path ?? null,
        status: response.statusCode,
        ms: Math.round((performance.now() - started) * 10) / 10,
        ...(response.writableFinished ? {} : { aborted: true }),
      }
      log.info(line, 'request')
      const isWhole = response.writableFinished && request.method !== 'HEAD'
      const bytes = isWhole ? Number(response.getHeader('content-length') ?? 0) : 0
      observe({ ...line, bytes, code: response.locals.code })
    })
    next()
  }
}
