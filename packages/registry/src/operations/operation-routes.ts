import { openApiDocument } from '@plexica/api'
import { sql } from 'kysely'
import type { Handler } from '../http/handler.ts'
import { RegistryError } from '../http/registry-error.ts'

const getPlatform: Handler<'getPlatform'> = async ({ world }) => {
  if (!world.platform) throw new RegistryError('route_not_found', 'This registry was started without a platform.json.')
  return world.platform
}

const getOpenApi: Handler<'getOpenApi'> = async () => openApiDocument()

const getHealth: Handler<'getHealth'> = async () => ({ status: 'ok' })

const getReadiness: Handler<'getReadiness'> = async ({ world }) => {
  const parts = { database: sql`select 1`.execute(world.db), blobs: world.blobs.check() }
  const down: string[] = []
  for (const [name, check] of Object.entries(parts)) await check.catch(() => down.push(name))
  if (down.length > 0) throw new RegistryError('storage_unavailable', `Not reachable: ${down.join(' and ')}.`)
  return { database: 'ok', blobs: 'ok' }
}

export const operationHandlers = { getPlatform, getOpenApi, getHealth, getReadiness }
