import type { RoutePermission } from '@plexica/api'
import type { Texts } from '../language/texts.ts'

/** One entry of a navigation: where it leads, and who sees it. */
export interface NavigationEntry {
  readonly to: string
  readonly text: Exclude<keyof Texts['app'], 'unread' | 'signedInAs' | 'roles' | 'themes' | 'noRightsLead'>
  readonly permission: RoutePermission
  /** Only for those who belong to a tenant. */
  readonly ofTenant?: true
}

/** In the header of every page. */
export const navigation: readonly NavigationEntry[] = [
  { to: '/', text: 'marketplace', permission: 'public' },
  { to: '/my-plugins', text: 'myPlugins', permission: 'installation:read', ofTenant: true },
  { to: '/publish', text: 'publish', permission: 'plugin:publish' },
  { to: '/desk', text: 'desk', permission: 'review:decide' },
]

/** On the pages of the desk. */
export const deskNavigation: readonly NavigationEntry[] = [
  { to: '/desk/review', text: 'review', permission: 'review:decide' },
  { to: '/desk/moderation', text: 'moderation', permission: 'rating:moderate' },
  { to: '/desk/audit', text: 'audit', permission: 'audit:read' },
  { to: '/desk/tenants', text: 'tenants', permission: 'tenant:manage' },
]
