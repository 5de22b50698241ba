import type { ApiKey } from '@plexica/api'
import type { Handler } from '../http/handler.ts'
import { RegistryError } from '../http/registry-error.ts'
import { createKey as makeKey } from './create-key.ts'
import { findKey, listKeys as listKeyRows, markRevoked } from './key-store.ts'
import { keyScope, managesKey, newKeyRefusal, pluginRefusal } from './policy.ts'
import { known } from './principal.ts'

const whoami: Handler<'whoami'> = async ({ principal }) => {
  const { subject, role, tenantId, keyId, expiresAt, reach = {}, lastUsedAt = null } = known(principal)
  const permissions = reach.permissions ? [...reach.permissions] : null
  const plugins = reach.plugins ? [...reach.plugins] : null
  return { subject, role, tenantId, keyId, permissions, plugins, lastUsedAt, expiresAt }
}

const listKeys: Handler<'listKeys'> = async ({ world, principal, query: { skip = 0, take = 20 } }) => {
  const refused = pluginRefusal(known(principal).reach, undefined)
  if (refused) throw new RegistryError(refused.code, refused.detail)
  const { keys, total } = await listKeyRows(world.db, keyScope(known(principal)), { skip, take })
  return { keys: keys.map((key) => ({ ...key, lastUsedAt: world.keyUses.of(key.id) ?? key.lastUsedAt })), total }
}

const createKey: Handler<'createKey'> = async ({ world, principal, body, log, about }) => {
  about({ subject: body.subject, role: body.role })
  const refused = newKeyRefusal(known(principal), body)
  if (refused) throw new RegistryError(refused.code, refused.detail)
  const made = await makeKey(world, body)
  about({ keyId: made.id, ...tenantOf(made) })
  log.info({ keyId: made.id, subject: made.subject, role: made.role, tenantId: made.tenantId }, 'key made')
  return made
}

const revokeKey: Handler<'revokeKey'> = async ({ world, principal, params: { keyId }, log, about }) => {
  const key = await findKey(world.db, keyScope(known(principal)), keyId)
  if (!key || !managesKey(known(principal), key)) throw new RegistryError('key_not_found')
  about({ subject: key.subject, role: key.role, ...tenantOf(key) })
  await markRevoked(world.db, keyId, world.now().toISOString())
  log.info({ keyId }, 'key revoked')
  return undefined
}

/** Whose business a key is, beside its holder's. */
function tenantOf({ tenantId }: Pick<ApiKey, 'tenantId'>): Record<string, string> {
  return tenantId === null ? {} : { tenantId }
}

export const authHandlers = { whoami, listKeys, createKey, revokeKey }
