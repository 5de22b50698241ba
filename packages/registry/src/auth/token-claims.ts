import { type Role, roles, subjectPattern } from '@plexica/api'
import { forms } from '@plexica/manifest-schema'
import type { PlatformTokens } from '../access-settings.ts'
import type { KnownPrincipal } from './principal.ts'

const subjectForm = new RegExp(subjectPattern)
const tenantForm = new RegExp(forms.tenantId.pattern)

/** Of the years that are written with four digits. */
const lastSecond = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000

/**
 * Whom a verified token of the platform stands for. `nobody`: it names nobody in a form that is known here; `no-role`:
 * none of its roles is one of ours, or the role is one inside a tenant and no tenant is named.
 */
export function principalOf(
  claims: Readonly<Record<string, unknown>>,
  settings: Pick<PlatformTokens, 'subjectClaim' | 'roleClaim' | 'tenantClaim' | 'roles'>,
): KnownPrincipal | 'nobody' | 'no-role' {
  const subject = claimOf(claims, settings.subjectClaim)
  if (typeof subject !== 'string' || !subjectForm.test(subject)) return 'nobody'
  const role = widestRole(claimOf(claims, settings.roleClaim), settings.roles)
  const tenant = claimOf(claims, settings.tenantClaim)
  const tenantId = typeof tenant === 'string' && tenantForm.test(tenant) ? tenant : null
  if (!role || (tenantId === null && role.startsWith('tenant-'))) return 'no-role'
  return { kind: 'key', keyId: null, subject, role, tenantId, expiresAt: endOf(claims) }
}

/** When a verified token ends, UTC ISO 8601. */
export function endOf({ exp }: { readonly exp?: unknown }): string {
  return new Date(Math.min(Number(exp), lastSecond) * 1_000).toISOString()
}

/** A claim by its name; where there is none of the whole name, dots lead into claims in claims. */
export function claimOf(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  let value: unknown = claims
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}

function widestRole(claim: unknown, named: ReadonlyMap<string, Role>): Role | undefined {
  const values = [claim].flat()
  const held = values.flatMap((value) => (typeof value === 'string' ? [named.get(value) ?? value] : []))
  // `roles` begins with the widest.
  return roles.find((role) => held.includes(role))
}
