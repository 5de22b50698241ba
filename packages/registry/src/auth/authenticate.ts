import { RegistryError } from '../http/registry-error.ts'
import type { World } from '../world.ts'
import { hashApiKey, isApiKey } from './api-key.ts'
import { keyPrincipal } from './key-principal.ts'
import { findKeyByHash } from './key-store.ts'
import { anonymous, type KnownPrincipal, type Principal } from './principal.ts'
import { readSession } from './read-session.ts'
import { type BrowserRequest, isLook, originOf, requireOwnPage } from './request-origin.ts'
import { sessionSecret } from './session-cookie.ts'
import { principalOf } from './token-claims.ts'
import { looksLikeToken, verifyToken } from './verify-token.ts'

type Needed = Pick<World, 'db' | 'now' | 'config' | 'issuers' | 'keyUses' | 'log' | 'publicUrl'>

/**
 * Who sends a request: by an API key or a token of the platform, or else by the session of a browser. Throws what
 * `authenticateBy` does, and `cross_site_refused`.
 */
export async function authenticate(world: Needed, request: BrowserRequest): Promise<Principal> {
  const { authorization } = request.headers
  if (authorization === undefined) return withSession(world, request)
  const [, secret] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
  if (secret === undefined) throw new RegistryError('key_invalid', 'A key is sent as `Authorization: Bearer plx_…`.')
  return authenticateBy(world, secret)
}

/**
 * Who holds a key or a token. Throws `key_invalid`, `key_expired`, `key_revoked`, `token_invalid`, `token_expired`,
 * `issuer_unavailable`, or `not_allowed` for a token without a role.
 */
export async function authenticateBy(world: Needed, secret: string): Promise<KnownPrincipal> {
  if (world.config.platformTokens && looksLikeToken(secret)) return withToken(world, secret)
  if (!isApiKey(secret)) throw new RegistryError('key_invalid', 'The key was mistyped or not copied whole.')
  return withKey(world, secret)
}

async function withKey(world: Needed, key: string): Promise<KnownPrincipal> {
  const row = await findKeyByHash(world.db, hashApiKey(key))
  if (!row) throw new RegistryError('key_invalid', 'No such key is known here.')
  if (row.revoked_at) throw new RegistryError('key_revoked', `The key was revoked at ${row.revoked_at}.`)
  if (row.expires_at && row.expires_at <= world.now().toISOString()) {
    throw new RegistryError('key_expired', `The key expired at ${row.expires_at}.`)
  }
  return keyPrincipal(world, row)
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

/**
 * Browsers send a cookie by themselves, whoever made the request: it counts where they say that a page of the registry's
 * own did. Over a session that has ended nobody stumbles who needs none.
 */
async function withSession(world: Needed, request: BrowserRequest): Promise<Principal> {
  const url = world.publicUrl()
  if (sessionSecret(request.headers, url) === undefined) return anonymous
  if (!isLook(request)) requireOwnPage(request.headers, url)
  else if (originOf(request.headers, url) === 'other-site') return anonymous
  return (await readSession(world, request.headers))?.principal ?? anonymous
}
