import { createRemoteJWKSet, errors, type JWTVerifyGetKey, type RemoteJWKSet } from 'jose'
import { RegistryError } from '../http/registry-error.ts'

/** Milliseconds: for one answer of an issuer, and before one that did not answer is asked again. */
const patience = 5_000
const pause = 5_000
/** Discovery documents are a few kilobytes. */
const mostBytes = 256 * 1024

/**
 * The public keys of one issuer, fetched when they are first needed and kept for ten minutes. A key that is not among
 * them makes them be fetched anew, at most every thirty seconds. Throws `issuer_unavailable` while they cannot be had.
 */
export class IssuerKeys {
  readonly #issuer: string
  readonly #jwksUrl: string | undefined
  #keys: Promise<RemoteJWKSet> | undefined
  #failedAt = Number.NEGATIVE_INFINITY

  constructor(issuer: string, jwksUrl?: string) {
    this.#issuer = issuer
    this.#jwksUrl = jwksUrl
  }

  readonly find: JWTVerifyGetKey = async (header, token) => {
    const keys = await this.#having(this.#open())
    if (!keys.fresh) this.#refuseWhilePausing()
    return this.#having(keys(header, token))
  }

  #open(): Promise<RemoteJWKSet> {
    if (this.#keys) return this.#keys
    this.#refuseWhilePausing()
    const opening = this.#openKeys()
    this.#keys = opening
    // The next caller after the pause tries again.
    opening.catch(() => {
      this.#keys = undefined
    })
    return opening
  }

  async #openKeys(): Promise<RemoteJWKSet> {
    const url = this.#jwksUrl ?? (await discover(this.#issuer))
    return createRemoteJWKSet(new URL(url), { timeoutDuration: patience })
  }

  async #having<T>(what: Promise<T>): Promise<T> {
    try {
      return await what
    } catch (error) {
      if (isAboutToken(error) || error instanceof RegistryError) throw error
      this.#failedAt = performance.now()
      throw unavailable(error)
    }
  }

  /** So that an issuer that is away makes nobody wait for its silence again and again. */
  #refuseWhilePausing(): void {
    if (performance.now() - this.#failedAt < pause) throw unavailable(undefined)
  }
}

/** The keys were there, and none of them is the token's. */
function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  )
}

function unavailable(cause: unknown): RegistryError {
  return new RegistryError('issuer_unavailable', undefined, { cause })
}

/** Where an issuer's keys are (OpenID Connect Discovery 1.0, §4). */
async function discover(issuer: string): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  })
  const text = await response.text()
  if (response.status !== 200 || text.length > mostBytes) throw new Error(`discovery answered ${response.status}`)
  const { issuer: named, jwks_uri: url } = JSON.parse(text) as { issuer?: unknown; jwks_uri?: unknown }
  if (named !== issuer || typeof url !== 'string') throw new Error('the discovery document is another issuer’s')
  if (new URL(url).protocol !== 'https:' && new URL(url).origin !== new URL(issuer).origin) {
    throw new Error('the issuer’s keys would come unencrypted')
  }
  return url
}
