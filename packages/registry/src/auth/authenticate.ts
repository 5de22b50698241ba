import type { Role } from '@plexica/api'
import { RegistryError } from '../http/registry-error.ts'
import type { World } from '../world.ts'
import { hashApiKey, isApiKey } from './api-key.ts'
import { findKeyByHash } from './key-store.ts'
import { anonymous, type Principal } from './principal.ts'

/** Who sends this `Authorization` header. Throws `key_invalid`, `key_expired` or `key_revoked`. */
export async function authenticate(
  world: Pick<World, 'db' | 'now'>,
  authorization: string | undefined,
): Promise<Principal> {
  if (authorization === undefined) return anonymous
  const [, key] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
  if (key === undefined) throw new RegistryError('key_invalid', 'A key is sent as `Authorization: Bearer plx_…`.')
  if (!isApiKey(key)) throw new RegistryError('key_invalid', 'The key was mistyped or not copied whole.')
  const row = await findKeyByHash(world.db, hashApiKey(key))
  if (!row) throw new RegistryError('key_invalid', 'No such key is known here.')
  if (row.revoked_at) throw new RegistryError('key_revoked', `The key was revoked at ${row.revoked_at}.`)
  if (row.expires_at && row.expires_at <= world.now().toISOString()) {
    throw new RegistryError('key_expired', `The key expired at ${row.expires_at}.`)
  }
  return {
    kind: 'key',
    keyId: row.id,
    subject: row.subject,
    role: row.role as Role,
    tenantId: row.tenant_id,
    expiresAt: row.expires_at,
  }
}
