import { advisoryRoutes } from './advisories.ts'
import { analyticsRoutes } from './analytics.ts'
import { auditRoutes } from './audit.ts'
import { authRoutes } from './auth.ts'
import { bundleRoutes } from './bundles.ts'
import { eventRoutes } from './events.ts'
import { experimentRoutes } from './experiments.ts'
import { installationUpdateRoutes } from './installation-updates.ts'
import { installationRoutes } from './installations.ts'
import { notificationRoutes } from './notifications.ts'
import { operationRoutes } from './operations.ts'
import { ownerRoutes } from './owners.ts'
import { pluginRoutes } from './plugins.ts'
import { publishingRoutes } from './publishing.ts'
import { ratingRoutes } from './ratings.ts'
import { reviewRoutes } from './review.ts'
import type { Route } from './route.ts'
import { sandboxRoutes } from './sandboxes.ts'
import { searchRoutes } from './search.ts'
import { sessionRoutes } from './sessions.ts'
import { telemetryRoutes } from './telemetry.ts'
import { tenantComponentRoutes } from './tenant-components.ts'
import { tenantRoutes } from './tenants.ts'
import { trustRoutes } from './trusted-publishers.ts'
import { versionLifeRoutes } from './version-life.ts'
import { webhookRoutes } from './webhooks.ts'

/** A part of the interface, as the reference shows it. */
interface RouteGroup {
  readonly about: string
  readonly routes: Readonly<Record<string, Route>>
}

/** Fixed paths stand before those with a parameter in the same place. */
export const routeGroups = {
  Search: { about: 'Find plugins.', routes: searchRoutes },
  Plugins: { about: 'What a plugin says about itself, and who owns it.', routes: { ...pluginRoutes, ...ownerRoutes } },
  Versions: {
    about: 'Publish packages, and say what becomes of them.',
    routes: { ...publishingRoutes, ...versionLifeRoutes, ...advisoryRoutes },
  },
  Review: { about: 'Decide about what waits.', routes: reviewRoutes },
  Ratings: { about: 'What tenants think of plugins.', routes: ratingRoutes },
  Tenants: {
    about: 'The customers of the platform, and the plugins they have.',
    routes: {
      ...tenantRoutes,
      ...installationRoutes,
      ...installationUpdateRoutes,
      ...experimentRoutes,
      ...sandboxRoutes,
      ...tenantComponentRoutes,
    },
  },
  Analytics: { about: 'How much plugins are used.', routes: { ...analyticsRoutes, ...telemetryRoutes } },
  Bundles: { about: 'What browsers import.', routes: bundleRoutes },
  Events: {
    about: 'What happens, as it happens.',
    routes: { ...eventRoutes, ...webhookRoutes, ...notificationRoutes },
  },
  Access: {
    about: 'Who you are, and your keys.',
    routes: { ...authRoutes, ...sessionRoutes, ...trustRoutes, ...auditRoutes },
  },
  Operations: { about: 'The registry itself.', routes: operationRoutes },
} as const satisfies Record<string, RouteGroup>

type Groups = (typeof routeGroups)[keyof typeof routeGroups]['routes']
/** `A | B` → `A & B` */
type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never

export type Routes = { [Name in keyof Together<Groups>]: Together<Groups>[Name] }
export type Operation = keyof Routes

/** Every route by operation name. */
export const routes: Routes = Object.assign({}, ...Object.values(routeGroups).map((group) => group.routes))
