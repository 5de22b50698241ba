import { openApiDocument } from '@plexica/api'
import type { Handler } from '../http/handler.ts'
import { jsonReply } from '../http/json-reply.ts'
import { RegistryError } from '../http/registry-error.ts'
import { checkReadiness } from './check-readiness.ts'

/** Tag of answers that stay as they are while the process lives. */
const fixed = 'fixed'

const getPlatform: Handler<'getPlatform'> = async ({ world, headers }) => {
  if (!world.platform) throw new RegistryError('route_not_found', 'This registry was started without a platform.json.')
  const reply = jsonReply(world.platform, headers)
  reply.keep(world.ready, '/api/platform', fixed)
  return reply
}

const getOpenApi: Handler<'getOpenApi'> = async ({ world, headers }) => {
  const reply = jsonReply(openApiDocument(), headers)
  reply.keep(world.ready, '/api/openapi.json', fixed)
  return reply
}

const getHealth: Handler<'getHealth'> = async () => ({ status: 'ok' })

const getReadiness: Handler<'getReadiness'> = async ({ world }) => checkReadiness(world)

export const operationHandlers = { getPlatform, getOpenApi, getHealth, getReadiness }
