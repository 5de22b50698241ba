import type { RoutePermission } from '@plexica/api'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { parseAuditSearch } from '../audit/audit-search.ts'
import { parseInstallSearch } from '../install/install-steps.ts'
import { MarketplacePage } from '../marketplace/marketplace-page.tsx'
import { parseMarketplaceSearch } from '../marketplace/marketplace-search.ts'
import { parseModerationSearch } from '../moderation/moderation-search.ts'
import { parseInstalledSearch } from '../my-plugins/installed-search.ts'
import { parseNotificationsSearch } from '../notifications/notifications-search.ts'
import { parsePluginSearch } from '../plugin/plugin-search.ts'
import { parseManageSearch } from '../publish/publish-search.ts'
import { parseDeskSearch, parseReviewSearch } from '../review/review-search.ts'
import { BrokenPage } from './broken-page.tsx'
import { parseListSearch } from './list-search.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { Shell } from './shell.tsx'

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface StaticDataRouteOption {
    /** What one has to be allowed to see the page; those who are not are told, and the registry would refuse anyway. */
    permission?: RoutePermission
  }
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage })
const getParentRoute = () => root

// The marketplace comes at once, every other page when it is wanted: those of the desk never reach a tenant's browser.
const routes = [
  createRoute({ getParentRoute, path: '/', validateSearch: parseMarketplaceSearch, component: MarketplacePage }),
  createRoute({
    getParentRoute,
    path: '/sign-in',
    validateSearch: ({ to }: Record<string, unknown>): { to?: string } => (isOwnPath(to) ? { to } : {}),
    component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plugins/$pluginId',
    validateSearch: parsePluginSearch,
    component: lazyRouteComponent(() => import('../plugin/plugin-detail-page.tsx'), 'PluginDetailPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/plugins/$pluginId/install',
    validateSearch: parseInstallSearch,
    staticData: { permission: 'installation:manage' },
    component: lazyRouteComponent(() => import('../install/install-page.tsx'), 'InstallPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/my-plugins',
    staticData: { permission: 'installation:read' },
    component: lazyRouteComponent(() => import('../my-plugins/my-plugins-page.tsx'), 'MyPluginsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/my-plugins/$pluginId',
    validateSearch: parseInstalledSearch,
    staticData: { permission: 'installation:read' },
    component: lazyRouteComponent(() => import('../my-plugins/installed-plugin-page.tsx'), 'InstalledPluginPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/notifications',
    validateSearch: parseNotificationsSearch,
    staticData: { permission: 'account:read' },
    component: lazyRouteComponent(() => import('../notifications/notifications-page.tsx'), 'NotificationsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/keys',
    validateSearch: parseListSearch,
    staticData: { permission: 'key:manage' },
    component: lazyRouteComponent(() => import('../keys/keys-page.tsx'), 'KeysPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/publish',
    validateSearch: parseListSearch,
    staticData: { permission: 'plugin:publish' },
    component: lazyRouteComponent(() => import('../publish/publish-page.tsx'), 'PublishPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/publish/$pluginId',
    validateSearch: parseManageSearch,
    staticData: { permission: 'plugin:manage' },
    component: lazyRouteComponent(() => import('../publish/manage-plugin-page.tsx'), 'ManagePluginPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/rules',
    component: lazyRouteComponent(() => import('../rules/rules-page.tsx'), 'RulesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/desk',
    beforeLoad: () => {
      throw redirect({ to: '/desk/review', replace: true })
    },
  }),
  createRoute({
    getParentRoute,
    path: '/desk/review',
    staticData: { permission: 'review:decide' },
    validateSearch: parseReviewSearch,
    component: lazyRouteComponent(() => import('../review/review-queue-page.tsx'), 'ReviewQueuePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/desk/review/$submissionId',
    staticData: { permission: 'review:decide' },
    validateSearch: parseDeskSearch,
    component: lazyRouteComponent(() => import('../review/submission-page.tsx'), 'SubmissionPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/desk/moderation',
    staticData: { permission: 'rating:moderate' },
    validateSearch: parseModerationSearch,
    component: lazyRouteComponent(() => import('../moderation/moderation-page.tsx'), 'ModerationPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/desk/audit',
    validateSearch: parseAuditSearch,
    staticData: { permission: 'audit:read' },
    component: lazyRouteComponent(() => import('../audit/audit-page.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/desk/tenants',
    validateSearch: parseListSearch,
    staticData: { permission: 'tenant:manage' },
    component: lazyRouteComponent(() => import('../tenants/tenants-page.tsx'), 'TenantsPage'),
  }),
] as const

/** A path of these pages: never another host's, which `//host` would be. */
function isOwnPath(to: unknown): to is string {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to)
}

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: BrokenPage,
})
