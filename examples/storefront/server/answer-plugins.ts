import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Backends } from '@plexica/host/node'
import { Router, type Request as ShopRequest } from 'express'
import { admit } from './answer-api.ts'
import { type Person, permissionsOf } from './people.ts'
import type { Tokens } from './tokens.ts'

/**
 * `/plugins/:pluginId/…`: what the backends of plugins answer, each in a process of its own. Which requests a plugin
 * answers, and what the caller must be allowed for it, stands in its manifest and is checked by the backends.
 */
export function answerPlugins(backends: Backends, tokens: Tokens): Router {
  const router = Router()
  router.all(
    '/plugins/:pluginId/*path',
    admit(tokens, () => true),
    async (request, response) => {
      const person: Person = response.locals.person
      const pluginId = String(request.params.pluginId)
      const answer = await backends.handle(pluginId, webRequest(`/plugins/${pluginId}`, request), {
        permissions: permissionsOf(person),
      })
      response.status(answer.status).set(Object.fromEntries(answer.headers))
      response.end(Buffer.from(await answer.arrayBuffer()))
    },
  )
  return router
}

/** The same request as the Web knows it, with the path below the plugin's own address. */
function webRequest(base: string, request: ShopRequest): Request {
  const url = new URL(`http://plugin${request.originalUrl.slice(base.length)}`)
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value))
  if (['GET', 'HEAD'].includes(request.method)) return new Request(url, { method: request.method, headers })
  const body = Readable.toWeb(request) as ReadableStream<Uint8Array>
  return new Request(url, { method: request.method, headers, body, duplex: 'half' } as RequestInit)
}
