import type { Role } from '@plexica/api'

/** Who is calling. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'key'
      readonly keyId: string
      readonly subject: string
      readonly role: Role
      readonly tenantId: string | null
      readonly expiresAt: string | null
    }

export const anonymous: Principal = { kind: 'anonymous' }

/** The name under which a principal's acts are recorded. */
export function subjectOf(principal: Principal): string {
  return principal.kind === 'key' ? principal.subject : 'anonymous'
}
