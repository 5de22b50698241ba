import type { KeyPermission, Role } from '@plexica/api'
import { RegistryError } from '../http/registry-error.ts'

/** What a key was narrowed to inside its role; what is absent is not narrowed. */
export interface Reach {
  readonly permissions?: readonly KeyPermission[]
  readonly plugins?: readonly string[]
  /** Its plugins trust the pipeline that holds it: it publishes them without owning them. */
  readonly trusted?: true
}

/** A caller with a key, with a token of the platform, or in a browser that has signed in with one of them. */
export interface KnownPrincipal {
  readonly kind: 'key'
  /** Null for a token. */
  readonly keyId: string | null
  readonly subject: string
  readonly role: Role
  readonly tenantId: string | null
  readonly expiresAt: string | null
  readonly reach?: Reach
  /** When the key was used before; absent for a token. */
  readonly lastUsedAt?: string | null
}

/** Who is calling. */
export type Principal = { readonly kind: 'anonymous' } | KnownPrincipal

export const anonymous: Principal = { kind: 'anonymous' }

/** The name under which a principal's acts are recorded. */
export function subjectOf(principal: Principal): string {
  return principal.kind === 'key' ? principal.subject : 'anonymous'
}

export function isSuperAdmin(principal: Principal): boolean {
  return principal.kind === 'key' && principal.role === 'super-admin'
}

/** The caller of a route that anonymous callers never get to. */
export function known(principal: Principal): KnownPrincipal {
  if (principal.kind === 'anonymous') throw new RegistryError('key_missing')
  return principal
}
