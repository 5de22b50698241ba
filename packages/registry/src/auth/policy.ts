import type { ErrorCode, Role, RoutePermission } from '@plexica/api'
import type { Principal } from './principal.ts'

/** Why a principal may not do something. */
export interface Refusal {
  code: ErrorCode
  detail: string
}

const rolesWith: Record<Exclude<RoutePermission, 'public' | 'account:read'>, readonly Role[]> = {
  'plugin:publish': ['publisher', 'super-admin'],
  'plugin:read-drafts': ['publisher', 'super-admin'],
  'review:decide': ['super-admin'],
  'installation:read': ['tenant-user', 'tenant-admin', 'super-admin'],
  'installation:manage': ['tenant-admin', 'super-admin'],
  'tenant:manage': ['super-admin'],
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

/** Owners and super-admins see what is not published yet. */
export function seesDrafts(principal: Principal, owners: readonly string[]): boolean {
  if (principal.kind === 'anonymous') return false
  return principal.role === 'super-admin' || (principal.role === 'publisher' && owners.includes(principal.subject))
}
