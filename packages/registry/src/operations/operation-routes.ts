import { createHash } from 'node:crypto'
import { openApiDocument } from '@plexica/api'
import { byteReply } from '../http/byte-reply.ts'
import type { Handler } from '../http/handler.ts'
import { jsonReply } from '../http/json-reply.ts'
import { RegistryError } from '../http/registry-error.ts'
import { Reply } from '../http/reply.ts'
import { checkReadiness } from './check-readiness.ts'
import { readMetrics } from './read-metrics.ts'
import { referencePage, referencePolicy } from './reference-page.ts'

/** Tag of answers that stay as they are while the process lives. */
const fixed = 'fixed'

const getPlatform: Handler<'getPlatform'> = async ({ world, headers }) => {
  if (!world.platform) throw new RegistryError('route_not_found', 'This registry was started without a platform.json.')
  const reply = jsonReply(world.platform, headers)
  reply.keep(world.ready, '/api/platform', { tag: fixed, route: '/api/platform', moment: world.ready.moment })
  return reply
}

/** Made when it is first asked for, because most starts never need it. */
let document: ReturnType<typeof openApiDocument> | undefined

const getOpenApi: Handler<'getOpenApi'> = async ({ world, headers }) => {
  document ??= openApiDocument()
  const reply = jsonReply(document, headers)
  reply.keep(world.ready, '/api/openapi.json', { tag: fixed, route: '/api/openapi.json', moment: world.ready.moment })
  return reply
}

let page: Buffer | undefined

const getReference: Handler<'getReference'> = async ({ headers }) => {
  document ??= openApiDocument()
  page ??= Buffer.from(referencePage(document))
  const bytes = page
  return byteReply(headers, {
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`,
    bytes: bytes.length,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': referencePolicy,
      'cache-control': 'no-cache',
    },
    open: async () => bytes,
  })
}

const getHealth: Handler<'getHealth'> = async () => ({ status: 'ok' })

const getReadiness: Handler<'getReadiness'> = async ({ world }) => checkReadiness(world)

const getMetrics: Handler<'getMetrics'> = async ({ world }) =>
  new Reply(
    200,
    { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
    Buffer.from(await readMetrics(world)),
  )

export const operationHandlers = { getPlatform, getOpenApi, getReference, getHealth, getReadiness, getMetrics }
