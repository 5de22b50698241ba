/** Roles of a caller; `anonymous` is a caller without a key. */
export const roles = ['super-admin', 'publisher', 'tenant-admin', 'tenant-user'] as const
export type Role = (typeof roles)[number]

/** What a route asks for. Which role has it, and over which plugin or tenant, is the registry's policy. */
export const routePermissions = {
  public: 'Anyone, without a key',
  'account:read': 'Anyone with a key, about themselves',
  'plugin:publish': 'Publishers, for plugins they own or ids that are free',
  'plugin:read-drafts': 'Owners of the plugin and super-admins',
  'plugin:manage': 'Owners of the plugin and super-admins',
  'version:delete': 'Super-admins',
  'review:decide': 'Super-admins',
  'rating:write': 'Members of a tenant, for their own ratings and votes',
  'rating:delete': 'The rating’s author and super-admins',
  'rating:reply': 'Owners of the plugin; super-admins may take a reply back',
  'rating:report': 'Anyone with a key',
  'rating:moderate': 'Super-admins',
  'installation:read': 'Members of the tenant',
  'installation:manage': 'Admins of the tenant',
  'telemetry:report': 'Members of the tenant, for its pages',
  'webhook:manage': 'Super-admins for all events, publishers for their plugins’, admins of a tenant for its own',
  'tenant:manage': 'Super-admins',
  'registry:observe': 'Super-admins',
  'key:manage': 'Super-admins for every key, others for their own',
  'audit:read': 'Super-admins',
  'audit:read-tenant': 'Admins of the tenant',
} as const
export type RoutePermission = keyof typeof routePermissions

/** What a key can be narrowed to; what needs no permission, or only a key, every key may do. */
export type KeyPermission = Exclude<RoutePermission, 'public' | 'account:read'>
export const keyPermissions = Object.keys(routePermissions).filter(isKeyPermission)

function isKeyPermission(name: string): name is KeyPermission {
  return name !== 'public' && name !== 'account:read'
}
