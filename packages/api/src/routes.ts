import { authRoutes } from './auth.ts'
import { bundleRoutes } from './bundles.ts'
import { eventRoutes } from './events.ts'
import { installationRoutes } from './installations.ts'
import { notificationRoutes } from './notifications.ts'
import { operationRoutes } from './operations.ts'
import { ownerRoutes } from './owners.ts'
import { pluginRoutes } from './plugins.ts'
import { publishingRoutes } from './publishing.ts'
import { ratingRoutes } from './ratings.ts'
import { reviewRoutes } from './review.ts'
import { searchRoutes } from './search.ts'
import { tenantRoutes } from './tenants.ts'
import { versionLifeRoutes } from './version-life.ts'
import { webhookRoutes } from './webhooks.ts'

/** Every route by operation name. Fixed paths stand before those with a parameter in the same place. */
export const routes = {
  ...searchRoutes,
  ...pluginRoutes,
  ...publishingRoutes,
  ...versionLifeRoutes,
  ...ownerRoutes,
  ...reviewRoutes,
  ...ratingRoutes,
  ...tenantRoutes,
  ...installationRoutes,
  ...eventRoutes,
  ...webhookRoutes,
  ...notificationRoutes,
  ...bundleRoutes,
  ...authRoutes,
  ...operationRoutes,
}
export type Routes = typeof routes
export type Operation = keyof Routes
