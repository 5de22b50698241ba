import { type ErrorCode, type KeyPermission, keyPermissions, type Role, type RoutePermission } from '@plexica/api'
import type { KeyRequest } from './key-rules.ts'
import type { KnownPrincipal, Principal, Reach } from './principal.ts'

/** Why a principal may not do something. */
export interface Refusal {
  code: ErrorCode
  detail: string
}

const rolesWith: Record<KeyPermission, readonly Role[]> = {
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
  'telemetry:report': ['tenant-user', 'tenant-admin', 'super-admin'],
  'installation:manage': ['tenant-admin', 'super-admin'],
  'webhook:manage': ['publisher', 'tenant-admin', 'super-admin'],
  'tenant:manage': ['super-admin'],
  'registry:observe': ['super-admin'],
  'key:manage': ['publisher', 'tenant-admin', 'tenant-user', 'super-admin'],
  'audit:read': ['super-admin'],
  'audit:read-tenant': ['tenant-admin', 'super-admin'],
}

/**
 * May this principal use a route with this permission, for this tenant and this plugin if the route names them?
 * Undefined means yes.
 */
export function refusal(
  principal: Principal,
  permission: RoutePermission,
  tenantId?: string,
  pluginId?: string,
): Refusal | undefined {
  if (permission === 'public') return undefined
  if (principal.kind === 'anonymous') return { code: 'key_missing', detail: `This needs a key (${permission}).` }
  // Another tenant's things do not exist, whatever the role would allow.
  if (tenantId !== undefined && principal.role !== 'super-admin' && principal.tenantId !== tenantId) {
    return { code: 'tenant_not_found', detail: `There is no tenant ${tenantId}.` }
  }
  if (permission === 'account:read') return undefined
  if (rolesWith[permission].includes(principal.role)) return reachRefusal(principal, permission, pluginId)
  const roles = rolesWith[permission].join(' or ')
  return { code: 'not_allowed', detail: `This needs the role ${roles}; your key has ${principal.role}.` }
}

/** Everything that a role and what its key was narrowed to give, for the plugins and the tenant that the key is for. */
export function permissionsOf({ role, reach }: Pick<KnownPrincipal, 'role' | 'reach'>): KeyPermission[] {
  const isReached = (permission: KeyPermission) => reach?.permissions?.includes(permission) ?? true
  return keyPermissions.filter((permission) => rolesWith[permission].includes(role) && isReached(permission))
}

/** Their routes name no plugin in the address; whoever handles them finds the plugin and asks about it. */
const asksLater: readonly KeyPermission[] = ['plugin:publish', 'plugin:read-drafts', 'key:manage']

/** Does the key reach so far? One that was narrowed to plugins does nothing that is not about one of them. */
function reachRefusal(
  { reach = {} }: KnownPrincipal,
  permission: KeyPermission,
  pluginId: string | undefined,
): Refusal | undefined {
  if (reach.permissions && !reach.permissions.includes(permission)) {
    const had = reach.permissions.join(', ')
    return { code: 'key_scope', detail: `This needs ${permission}; your key was narrowed to ${had}.` }
  }
  if (pluginId === undefined && asksLater.includes(permission)) return undefined
  return pluginRefusal(reach, pluginId)
}

/** May a key of this reach deal with this plugin, or with all of them where none is named? */
export function pluginRefusal(reach: Reach | undefined, pluginId: string | undefined): Refusal | undefined {
  if (!reach?.plugins || (pluginId !== undefined && reach.plugins.includes(pluginId))) return undefined
  const about = pluginId === undefined ? 'this is about none of them alone' : `this is about ${pluginId}`
  return { code: 'key_scope', detail: `Your key was narrowed to ${listed(reach.plugins)}; ${about}.` }
}

/** A few of them in words; a key may have hundreds. */
function listed(plugins: readonly string[]): string {
  const rest = plugins.length - 5
  return plugins.slice(0, 5).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

/** May this principal publish versions of a plugin with these owners? No owners means that the id is free. */
export function publishRefusal(principal: Principal, pluginId: string, owners: readonly string[]): Refusal | undefined {
  const refused = refusal(principal, 'plugin:publish', undefined, pluginId)
  if (refused || owns(principal, owners)) return refused
  // A free id is anybody’s but a pipeline’s: nobody can have trusted it in the name of a plugin that is not there.
  if (isTrusted(principal) ? owners.length > 0 : owners.length === 0) return undefined
  return { code: 'not_owner', detail: `The plugin ${pluginId} belongs to somebody else.` }
}

/** What only those do to a plugin who manage it. */
export type ManagePermission = 'plugin:manage' | 'version:delete'

/** May this principal manage a plugin with these owners: yank, deprecate, set channels, change its owners, delete? */
export function manageRefusal(
  principal: Principal,
  pluginId: string,
  owners: readonly string[],
  permission: ManagePermission = 'plugin:manage',
): Refusal | undefined {
  const refused = refusal(principal, permission, undefined, pluginId)
  if (refused || owns(principal, owners)) return refused
  return { code: 'not_owner', detail: `The plugin ${pluginId} belongs to somebody else.` }
}

/**
 * Owners, super-admins and the pipelines that a plugin trusts see what is not published yet. Where the plugin is not
 * said, a key that was narrowed to plugins sees nothing.
 */
export function seesDrafts(principal: Principal, owners: readonly string[], pluginId?: string): boolean {
  if (refusal(principal, 'plugin:read-drafts', undefined, pluginId)) return false
  if (principal.kind === 'anonymous' || pluginRefusal(principal.reach, pluginId)) return false
  return owns(principal, owners) || (owners.length > 0 && isTrusted(principal))
}

function owns(principal: Principal, owners: readonly string[]): boolean {
  if (principal.kind === 'anonymous') return false
  return principal.role === 'super-admin' || (principal.role === 'publisher' && owners.includes(principal.subject))
}

/** A key for which the plugins it was narrowed to count as its own; that it is about one of them is asked beside this. */
export function isTrusted(principal: Principal): boolean {
  return principal.kind === 'key' && principal.reach?.trusted === true && principal.reach.plugins !== undefined
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

/** Whether a key of its scope is one that this principal manages: one that was narrowed to plugins manages itself and others for these alone. */
export function managesKey(
  { keyId, reach }: KnownPrincipal,
  key: { readonly id: string; readonly plugins: readonly string[] | null },
): boolean {
  const { plugins } = reach ?? {}
  return plugins === undefined || key.id === keyId || key.plugins?.every((one) => plugins.includes(one)) === true
}

/**
 * May this principal make such a key? None is wider than the key that makes it. Super-admins make keys for everybody,
 * and others for themselves, which last no longer than their own.
 */
export function newKeyRefusal(principal: KnownPrincipal, wanted: KeyRequest): Refusal | undefined {
  const wider = widerRefusal(principal.reach, wanted)
  if (wider) return wider
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
  // A token ends with the hour; who came with it is a person, whose keys may last.
  const outlives =
    principal.keyId !== null &&
    principal.expiresAt !== null &&
    (wanted.expiresAt === undefined || new Date(wanted.expiresAt) > new Date(principal.expiresAt))
  if (outlives) return no(`Your key expires at ${principal.expiresAt}; the new one has to expire by then too.`)
  return undefined
}

function widerRefusal(
  reach: Reach = {},
  { permissions, plugins }: Pick<KeyRequest, 'permissions' | 'plugins'>,
): Refusal | undefined {
  const isWider = (own: readonly string[] | undefined, wanted: readonly string[] | undefined) =>
    own !== undefined && (wanted === undefined || wanted.some((one) => !own.includes(one)))
  if (isWider(reach.permissions, permissions)) {
    const own = reach.permissions?.join(', ')
    return { code: 'key_scope', detail: `Your key was narrowed to ${own}; so has to be every key that it makes.` }
  }
  if (isWider(reach.plugins, plugins)) {
    const own = listed(reach.plugins ?? [])
    return { code: 'key_scope', detail: `Your key was narrowed to ${own}; so has to be every key that it makes.` }
  }
  return undefined
}
