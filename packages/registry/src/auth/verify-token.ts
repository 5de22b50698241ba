import { errors, type JWTPayload, jwtVerify } from 'jose'
import { RegistryError } from '../http/registry-error.ts'
import type { IssuerKeys } from './issuer-keys.ts'

/** Signatures that need no secret to be checked; no others are accepted, whatever a token or a key says (RFC 8725, §3.1). */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]

/** Seconds by which clocks may differ. */
const clockTolerance = 30

/** Whether a text has the form of a JWT; keys have no dots. */
export function looksLikeToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text)
}

/**
 * What a token claims, once it is known to be its issuer's, for this audience and in time. Throws `token_invalid`,
 * which does not say why: that helps only those who make tokens up; `token_expired`; `issuer_unavailable`.
 */
export async function verifyToken(
  token: string,
  { keys, issuer, audience, now }: { keys: IssuerKeys; issuer: string; audience: string | string[]; now: Date },
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys.find, {
      algorithms,
      issuer,
      audience,
      clockTolerance,
      currentDate: now,
      requiredClaims: ['exp'],
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new RegistryError('token_expired', undefined, { cause: error })
    if (error instanceof errors.JOSEError) throw new RegistryError('token_invalid', undefined, { cause: error })
    // What WebCrypto says about a key of another kind than the token's algorithm.
    if (error instanceof TypeError) throw new RegistryError('token_invalid', undefined, { cause: error })
    throw error
  }
}
