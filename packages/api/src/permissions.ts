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
  'tenant:manage': 'Super-admins',
  'metrics:read': 'Super-admins',
  'key:manage': 'Super-admins for every key, others for their own',
} as const
export type RoutePermission = keyof typeof routePermissions
