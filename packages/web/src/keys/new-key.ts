import type { BodyOf, Role, Routes } from '@plexica/api'
import { forms } from '@plexica/manifest-schema/validate'

export type NewKey = BodyOf<Routes['createKey']>
export const lifetimes = ['7', '30', '90', '365', 'never'] as const
/** Days that a key lasts; `own` is as long as the key that makes it. */
export type Lifetime = (typeof lifetimes)[number] | 'own'

/** What is wrong with what was filled in, by field. */
export type NewKeyProblem = 'subject' | 'tenantId' | 'permissions' | 'plugins'

const rolesWithin: Record<Role, readonly Role[]> = {
  'super-admin': ['publisher', 'tenant-admin', 'tenant-user', 'super-admin'],
  publisher: ['publisher'],
  'tenant-admin': ['tenant-admin', 'tenant-user'],
  'tenant-user': ['tenant-user'],
}

/** The roles that somebody may give a key; the first is offered. */
export function rolesOf(role: Role): readonly Role[] {
  return rolesWithin[role]
}

export function needsTenant(role: Role): boolean {
  return role === 'tenant-admin' || role === 'tenant-user'
}

/** The time at which a key ends, undefined for never. */
export function expiryOf(lifetime: Lifetime, now: Date, own: string | null): string | undefined {
  if (lifetime === 'own') return own ?? undefined
  if (lifetime === 'never') return undefined
  return new Date(now.getTime() + Number(lifetime) * 86_400_000).toISOString()
}

/** The lifetimes that a key may have whose maker’s own ends then. */
export function lifetimesUntil(own: string | null, now: Date): readonly Lifetime[] {
  if (own === null) return lifetimes
  const fitting = lifetimes.filter((one) => {
    const at = expiryOf(one, now, null)
    return at !== undefined && at < own
  })
  return [...fitting, 'own']
}

export function pluginIdsOf(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((id) => id !== ''))]
}

const pluginIdPattern = new RegExp(forms.pluginId.pattern)
const tenantIdPattern = new RegExp(forms.tenantId.pattern)

export function problemsOf({ subject, role, tenantId, permissions, plugins }: NewKey): NewKeyProblem[] {
  const problems: NewKeyProblem[] = []
  if (!/^[a-z0-9][a-z0-9._@-]{0,99}$/.test(subject)) problems.push('subject')
  if (tenantId === undefined ? needsTenant(role) : !tenantIdPattern.test(tenantId)) problems.push('tenantId')
  if (permissions?.length === 0) problems.push('permissions')
  if (plugins?.some((id) => !pluginIdPattern.test(id))) problems.push('plugins')
  return problems
}
