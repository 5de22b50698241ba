import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { hasSessionCookie } from '../auth/session-cookie.ts'
import type { Reply } from './reply.ts'

/** Sends ready bytes or a stream; a stream that fails midway cuts the connection, so that no client takes half for whole. */
export async function sendReply(request: Request, response: Response, reply: Reply): Promise<void> {
  response.status(reply.status).set(reply.headers)
  // What anybody may keep if they ask each time is of a browser that has signed in its own.
  if (reply.headers['cache-control'] === 'no-cache' && hasSessionCookie(request.headers)) {
    response.set('cache-control', 'private, no-cache')
  }
  if (reply.body instanceof Readable) {
    if (request.method === 'HEAD') {
      reply.body.destroy()
      response.end()
      return
    }
    try {
      await pipeline(reply.body, response)
      reply.onSent?.()
    } catch (error) {
      // A client that leaves early is no failure.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
    }
    return
  }
  if (reply.body) response.setHeader('content-length', reply.body.length)
  if (request.method === 'HEAD') return void response.end()
  response.end(reply.body)
  reply.onSent?.()
}
