import type { IncomingHttpHeaders } from 'node:http'
import type { Role } from '@plexica/api'
import { RegistryError } from '../http/registry-error.ts'
import type { World } from '../world.ts'
import { hashApiKey, isApiKey } from './api-key.ts'
import { findKeyByHash, reachOf } from './key-store.ts'
import { anonymous, type KnownPrincipal, type Principal } from './principal.ts'
import { principalOf } from './token-claims.ts'
import { looksLikeToken, verifyToken } from './verify-token.ts'

type Needed = Pick<World, 'db' | 'now' | 'config' | 'issuers' | 'keyUses' | 'log'>

/**
 * Who sends a request with these headers: by an API key or a token of the platform. Throws `key_invalid`, `key_expired`,
 * `key_revoked`, `token_invalid`, `token_expired`, `issuer_unavailable`, or `not_allowed` for a token without a role.
 */
export async function authenticate(world: Needed, headers: IncomingHttpHeaders): Promise<Principal> {
  if (headers.authorization === undefined) return anonymous
  const [, secret] = /^Bearer +(\S+)$/i.exec(headers.authorization) ?? []
  if (secret === undefined) throw new RegistryError('key_invalid', 'A key is sent as `Authorization: Bearer plx_…`.')
  if (world.config.platformTokens && looksLikeToken(secret)) return withToken(world, secret)
  if (!isApiKey(secret)) throw new RegistryError('key_invalid', 'The key was mistyped or not copied whole.')
  return withKey(world, secret)
}

async function withKey(world: Needed, key: string): Promise<KnownPrincipal> {
  const row = await findKeyByHash(world.db, hashApiKey(key))
  if (!row) throw new RegistryError('key_invalid', 'No such key is known here.')
  if (row.revoked_at) throw new RegistryError('key_revoked', `The key was revoked at ${row.revoked_at}.`)
  const now = world.now().toISOString()
  if (row.expires_at && row.expires_at <= now) {
    throw new RegistryError('key_expired', `The key expired at ${row.expires_at}.`)
  }
  const lastUsedAt = world.keyUses.of(row.id) ?? row.last_used_at
  world.keyUses.note(row.id, now)
  return {
    kind: 'key',
    keyId: row.id,
    subject: row.subject,
    role: row.role as Role,
    tenantId: row.tenant_id,
    expiresAt: row.expires_at,
    reach: reachOf(row),
    lastUsedAt,
  }
}

async function withToken({ config, issuers, now, log }: Needed, token: string): Promise<KnownPrincipal> {
  const { platformTokens: settings } = config
  if (!settings) throw new RegistryError('token_invalid')
  const { issuer, audience } = settings
  const keys = issuers.of(issuer)
  const claims = await verifyToken(token, { keys, issuer, audience, now: now() })
  const principal = principalOf(claims, settings)
  if (principal === 'nobody') {
    // The caller learns no more; the operator may have named the wrong claim.
    log.warn({ claim: settings.subjectClaim }, 'a valid token names nobody in a form that is known here')
    throw new RegistryError('token_invalid')
  }
  if (principal === 'no-role') throw new RegistryError('not_allowed', 'Your token gives you no role in this registry.')
  return principal
}
