import type { IncomingHttpHeaders } from 'node:http'
import type { Role } from '@plexica/api'
import type { World } from '../world.ts'
import { keyPrincipal } from './key-principal.ts'
import type { KnownPrincipal } from './principal.ts'
import { hashSessionSecret, sessionSecret } from './session-cookie.ts'
import { findSession } from './session-store.ts'

/** Whom a browser is signed in as, and until when. */
export interface ReadSession {
  readonly principal: KnownPrincipal
  readonly expiresAt: string
}

/**
 * The session of a request's cookie; undefined without one, and for one that is over: closed, expired, or because its key
 * is no longer good. What a key was narrowed to since holds at once.
 */
export async function readSession(
  world: Pick<World, 'db' | 'now' | 'config' | 'keyUses' | 'publicUrl'>,
  headers: IncomingHttpHeaders,
): Promise<ReadSession | undefined> {
  const secret = sessionSecret(headers, world.publicUrl())
  if (secret === undefined) return undefined
  const row = await findSession(world.db, hashSessionSecret(secret))
  const now = world.now().toISOString()
  if (!row || row.subject === null || row.role === null || row.expires_at <= now) return undefined
  const { key_id: id, subject, role, tenant_id, expires_at: expiresAt } = row
  if (id === null) {
    // The operator may believe the platform's tokens no longer.
    if (!world.config.platformTokens) return undefined
    const principal = { keyId: null, subject, role: role as Role, tenantId: tenant_id, expiresAt }
    return { principal: { kind: 'key', ...principal }, expiresAt }
  }
  const { revoked_at, key_expires_at, trusted } = row
  if (revoked_at !== null || (key_expires_at !== null && key_expires_at <= now)) return undefined
  const key = { ...row, id, subject, role, trusted: trusted ?? 0, expires_at: key_expires_at }
  return { principal: keyPrincipal(world, key), expiresAt }
}
