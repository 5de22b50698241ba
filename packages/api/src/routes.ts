import { auditRoutes } from './audit.ts'
import { authRoutes } from './auth.ts'
import { bundleRoutes } from './bundles.ts'
import { installationRoutes } from './installations.ts'
import { operationRoutes } from './operations.ts'
import { ownerRoutes } from './owners.ts'
import { pluginRoutes } from './plugins.ts'
import { publishingRoutes } from './publishing.ts'
import { ratingRoutes } from './ratings.ts'
import { reviewRoutes } from './review.ts'
import { searchRoutes } from './search.ts'
import { tenantRoutes } from './tenants.ts'
import { trustRoutes } from './trusted-publishers.ts'
import { versionLifeRoutes } from './version-life.ts'

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
  ...bundleRoutes,
  ...authRoutes,
  ...trustRoutes,
  ...auditRoutes,
  ...operationRoutes,
}
export type Routes = typeof routes
export type Operation = keyof Routes
