import type { ErrorCode, Role, RoutePermission } from '@plexica/api'
import type { KnownPrincipal, Principal } from './principal.ts'

/** Why a principal may not do something. */
export interface Refusal {
  code: ErrorCode
  detail: string
}

const rolesWith: Record<Exclude<RoutePermission, 'public' | 'account:read'>, readonly Role[]> = {
  'plugin:publish': ['publisher', 'super-admin'],
  'plugin:read-drafts': ['publisher', 'super-admin'],
  'plugin:manage': ['publisher', 'super-admin'],
  'version:delete': ['super-admin'],
  'review:decide': ['super-admin'],
  'rating:write': ['tenant-user', 'tenant-admin'],
  'rating:delete': ['tenant-user', 'tenant-admin', 'super-admin'],
  'rating:reply': ['publisher', 'super-admin'],
  'rating:report': ['tenant-user', 'tenant-admin', 'publisher', 'super-admin'],
  'rating:moderate': ['super-admin'],
  'installation:read': ['tenant-user', 'tenant-admin', 'super-admin'],
  'installation:manage': ['tenant-admin', 'super-admin'],
  'tenant:manage': ['super-admin'],
  'metrics:read': ['super-admin'],
  'key:manage': ['publisher', 'tenant-admin', 'tenant-user', 'super-admin'],
}

/** May this principal use a route with this permission, for this tenant if the route names one? Undefined means yes. */
export function refusal(principal: Principal, permission: RoutePermission, tenantId?: string): Refusal | undefined {
  if (permission === 'public') return undefined
  if (principal.kind === 'anonymous') return { code: 'key_missing', detail: `This needs a key (${permission}).` }
  // Another tenant's things do not exist, whatever the role would allow.
  if (tenantId !== undefined && principal.role !== 'super-admin' && principal.tenantId !== tenantId) {
    return { code: 'tenant_not_found', detail: `There is no tenant ${tenantId}.` }
  }
  if (permission === 'account:read' || rolesWith[permission].includes(principal.role)) return undefined
  const roles = rolesWith[permission].join(' or ')
  return { code: 'not_allowed', detail: `This needs the role ${roles}; your key has ${principal.role}.` }
}

/** May this principal publish versions of a plugin with these owners? No owners means that the id is free. */
export function publishRefusal(principal: Principal, pluginId: string, owners: readonly string[]): Refusal | undefined {
  const refused = refusal(principal, 'plugin:publish')
  if (refused || owners.length === 0 || seesDrafts(principal, owners)) return refused
  return { code: 'not_owner', detail: `The plugin ${pluginId} belongs to somebody else.` }
}

/** May this principal manage a plugin with these owners: yank, deprecate, set channels, change its owners? */
export function manageRefusal(principal: Principal, pluginId: string, owners: readonly string[]): Refusal | undefined {
  const refused = refusal(principal, 'plugin:manage')
  if (refused || seesDrafts(principal, owners)) return refused
  return { code: 'not_owner', detail: `The plugin ${pluginId} belongs to somebody else.` }
}

/** Owners and super-admins see what is not published yet. */
export function seesDrafts(principal: Principal, owners: readonly string[]): boolean {
  if (principal.kind === 'anonymous') return false
  return principal.role === 'super-admin' || (principal.role === 'publisher' && owners.includes(principal.subject))
}

const rolesWithin: Record<Role, readonly Role[]> = {
  'super-admin': ['super-admin', 'publisher', 'tenant-admin', 'tenant-user'],
  publisher: ['publisher'],
  'tenant-admin': ['tenant-admin', 'tenant-user'],
  'tenant-user': ['tenant-user'],
}

/** The keys that somebody may see, make and revoke. */
export type KeyScope =
  | 'every'
  | { readonly subject: string; readonly tenantId: string | null; readonly roles: readonly Role[] }

/** Super-admins manage every key; others the keys of their own name and tenant, none with a wider role than they use. */
export function keyScope(principal: KnownPrincipal): KeyScope {
  if (principal.role === 'super-admin') return 'every'
  return { subject: principal.subject, tenantId: principal.tenantId, roles: rolesWithin[principal.role] }
}

/** May this principal make such a key? Nobody but a super-admin makes one that reaches or lasts further than their own. */
export function newKeyRefusal(
  principal: KnownPrincipal,
  wanted: { subject: string; role: Role; tenantId?: string; expiresAt?: string },
): Refusal | undefined {
  const scope = keyScope(principal)
  if (scope === 'every') return undefined
  const no = (detail: string): Refusal => ({ code: 'not_allowed', detail })
  if (wanted.subject !== scope.subject) return no(`You may make keys for yourself (${scope.subject}) only.`)
  if (!scope.roles.includes(wanted.role))
    return no(`Your key has the role ${principal.role}; it cannot give ${wanted.role}.`)
  if ((wanted.tenantId ?? null) !== scope.tenantId) {
    return no(
      scope.tenantId === null
        ? 'Your key has no tenant; it cannot give one.'
        : `Your key is for the tenant ${scope.tenantId} only.`,
    )
  }
  const outlives =
    principal.expiresAt !== null &&
    (wanted.expiresAt === undefined || new Date(wanted.expiresAt) > new Date(principal.expiresAt))
  if (outlives) return no(`Your key expires at ${principal.expiresAt}; the new one has to expire by then too.`)
  return undefined
}
