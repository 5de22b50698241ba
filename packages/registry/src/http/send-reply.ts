import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { Reply } from './reply.ts'

/** Sends ready bytes or a stream; a stream that fails midway cuts the connection, so that no client takes half for whole. */
export async function sendReply(request: Request, response: Response, reply: Reply): Promise<void> {
  response.status(reply.status).set(reply.headers)
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
