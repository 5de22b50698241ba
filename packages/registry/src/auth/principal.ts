import type { Role } from '@plexica/api'
import { RegistryError } from '../http/registry-error.ts'

/** A caller with a key. */
export interface KnownPrincipal {
  readonly kind: 'key'
  readonly keyId: string
  readonly subject: string
  readonly role: Role
  readonly tenantId: string | null
  readonly expiresAt: string | null
}

/** Who is calling. */
export type Principal = { readonly kind: 'anonymous' } | KnownPrincipal

export const anonymous: Principal = { kind: 'anonymous' }

/** The name under which a principal's acts are recorded. */
export function subjectOf(principal: Principal): string {
  return principal.kind === 'key' ? principal.subject : 'anonymous'
}

/** The caller of a route that anonymous callers never get to. */
export function known(principal: Principal): KnownPrincipal {
  if (principal.kind === 'anonymous') throw new RegistryError('key_missing')
  return principal
}
