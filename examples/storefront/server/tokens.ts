import { readFile, writeFile } from 'node:fs/promises'
import { Router } from 'express'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import type { Person } from './people.ts'

// A platform has an identity provider already; what stands here is the least that the registry needs of one: tokens
// with `iss`, `aud`, `exp`, who it is, their role and tenant, and the public key at a known address. The registry is
// told with PLEXICA_JWT_ISSUER and PLEXICA_JWT_AUDIENCE.

export const audience = 'plexica'
/** Seconds. Short, because plugins run in the page that has it. */
export const tokenLasts = 300

export interface Tokens {
  readonly issuer: string
  /** The public keys, as JSON Web Key Set. */
  readonly keys: { keys: JWK[] }
  /** A token for the page of a person: to the registry a user of the tenant, no more, whatever they are to the shop. */
  give(person: Person): Promise<string>
  /** Whose token it is; undefined for one that is not ours or over. */
  read(token: string): Promise<Person | undefined>
}

/** @param file Where the signing key is kept, so that the registry knows it again after a restart. */
export async function openTokens(
  file: string,
  { issuer, tenant }: { issuer: string; tenant: string },
): Promise<Tokens> {
  const jwk = await readKey(file)
  const { d: _secret, ...publicJwk } = jwk
  const [privateKey, publicKey] = await Promise.all([importJWK(jwk, 'EdDSA'), importJWK(publicJwk, 'EdDSA')])
  const kid = jwk.kid as string
  return {
    issuer,
    keys: { keys: [publicJwk] },
    give: ({ name, staff }) =>
      new SignJWT({ role: staff ? ['tenant-user', 'staff'] : ['tenant-user'], tenant })
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(name)
        .setIssuedAt()
        .setExpirationTime(`${tokenLasts}s`)
        .sign(privateKey),
    async read(token) {
      try {
        const { payload } = await jwtVerify(token, publicKey, { issuer, audience, requiredClaims: ['exp', 'sub'] })
        return { name: String(payload.sub), staff: [payload.role].flat().includes('staff') }
      } catch {
        return undefined
      }
    },
  }
}

/** Where the registry finds the public keys (OpenID Connect Discovery 1.0, §4). */
export function answerIssuer({ issuer, keys }: Tokens): Router {
  const router = Router()
  router.get('/.well-known/openid-configuration', (_request, response) => {
    response.json({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` })
  })
  router.get('/.well-known/jwks.json', (_request, response) => {
    response.json(keys)
  })
  return router
}

async function readKey(file: string): Promise<JWK> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const jwk = await exportJWK(privateKey)
  const named = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'EdDSA', use: 'sig' }
  await writeFile(file, JSON.stringify(named), { mode: 0o600 })
  return named
}
