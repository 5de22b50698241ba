import { createHash } from 'node:crypto'
import { decodeJwt, errors, type JWTPayload } from 'jose'
import type { Logger } from 'pino'
import type { SpentTokenRow, Trx } from '../db/tables.ts'
import { isUniqueViolation } from '../db/unique-violation.ts'
import { RegistryError } from '../http/registry-error.ts'
import { lockPlugin } from '../plugins/plugin-store.ts'
import type { World } from '../world.ts'
import { newKey } from './create-key.ts'
import { endOf } from './token-claims.ts'
import { findTrusts, insertPipelineKey, insertSpentToken } from './trust-store.ts'
import { anchorsOf, isTrusted, pipelineSubject } from './trusted-publishers.ts'
import { verifyToken } from './verify-token.ts'

/** Milliseconds: long enough to send a package over a slow line. */
const keyLasts = 15 * 60_000

/** What a pipeline may do, of the plugins that trust it. */
const pipelinePermissions = ['plugin:publish', 'plugin:read-drafts'] as const

/** A key for a pipeline, shown this once. */
export interface PipelineKey {
  readonly key: string
  readonly keyId: string
  readonly subject: string
  readonly plugins: string[]
  readonly expiresAt: string
}

/**
 * Gives a pipeline's token for a key that publishes the plugins which trust it. Throws `token_invalid`, `token_expired`
 * and `issuer_unavailable`; `token_used` for one that came before; `not_trusted` when no plugin's claims match.
 */
export async function exchangeToken(world: World, token: string, log: Logger): Promise<PipelineKey> {
  const issuer = issuerOf(token)
  if (!world.config.pipelineIssuers.includes(issuer)) throw new RegistryError('token_invalid')
  const now = world.now()
  const url = world.publicUrl()
  const claims = await verifyToken(token, {
    keys: world.issuers.of(issuer),
    issuer,
    audience: [url, `${url}/`],
    now,
  })
  const spent = { hash: hashOf(issuer, claims), expires_at: endOf(claims) }
  const subject = pipelineSubject(issuer, claims)
  const { key, row, plugins } = await world.db.transaction().execute(async (trx) => {
    // Whoever ends a trust holds the plugin's row: what is read after this holds until the key is there.
    for (const plugin of await trusting(trx, issuer, claims)) await lockPlugin(trx, plugin)
    const plugins = await trusting(trx, issuer, claims)
    if (plugins.length === 0) throw new RegistryError('not_trusted')
    const made = newKey(
      {
        subject,
        role: 'publisher',
        permissions: pipelinePermissions,
        plugins,
        ...(typeof claims.sub === 'string' ? { description: claims.sub.slice(0, 200) } : {}),
        expiresAt: new Date(now.valueOf() + keyLasts).toISOString(),
      },
      now,
    )
    await spendToken(trx, spent)
    await insertPipelineKey(trx, made.row)
    return { ...made, plugins }
  })
  log.info({ keyId: row.id, subject, plugins }, 'key made for a pipeline')
  return { key, keyId: row.id, subject, plugins, expiresAt: row.expires_at ?? '' }
}

/** Ids of the plugins that trust the pipeline of a token, in order. */
async function trusting(trx: Trx, issuer: string, claims: JWTPayload): Promise<string[]> {
  const candidates = await findTrusts(trx, issuer, anchorsOf(claims))
  const trusts = candidates.filter((row) => isTrusted({ claims: JSON.parse(row.claims) }, claims))
  return [...new Set(trusts.map((row) => row.plugin_id))]
}

/** Who the token says it is from, before anybody knows whether that is true. */
function issuerOf(token: string): string {
  try {
    return decodeJwt(token).iss ?? ''
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new RegistryError('token_invalid', undefined, { cause: error })
    throw error
  }
}

/** By what a token is known again. One without a `jti` could be used for ever, so it is not taken at all. */
function hashOf(issuer: string, { jti }: JWTPayload): string {
  if (jti === undefined || jti === '') throw new RegistryError('token_invalid')
  return createHash('sha256').update(`${issuer}\n${jti}`).digest('hex')
}

/** Throws `token_used` for one that was spent before, also a moment ago in another process. */
async function spendToken(trx: Trx, row: SpentTokenRow): Promise<void> {
  try {
    await insertSpentToken(trx, row)
  } catch (error) {
    throw isUniqueViolation(error) ? new RegistryError('token_used') : error
  }
}
