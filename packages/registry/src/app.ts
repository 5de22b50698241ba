import express, { type Express } from 'express'
import { advisoryHandlers } from './advisories/advisory-routes.ts'
import { analyticsHandlers } from './analytics/analytics-routes.ts'
import { auditHandlers } from './audit/audit-routes.ts'
import { authHandlers } from './auth/auth-routes.ts'
import { sessionHandlers } from './auth/session-routes.ts'
import { trustHandlers } from './auth/trust-routes.ts'
import { bundleHandlers } from './bundles/bundle-routes.ts'
import { eventHandlers } from './events/event-routes.ts'
import { openToAllOrigins } from './http/cross-origin.ts'
import { answerError } from './http/error-response.ts'
import { mountRoutes, refuseUnknown } from './http/mount-routes.ts'
import { logRequests } from './http/request-log.ts'
import { secure } from './http/security-headers.ts'
import { installationHandlers } from './installations/installation-routes.ts'
import { notificationHandlers } from './notifications/notification-routes.ts'
import { operationHandlers } from './operations/operation-routes.ts'
import { frameHandlers } from './pages/frame-routes.ts'
import type { PageFiles } from './pages/page-files.ts'
import { answerPages } from './pages/page-routes.ts'
import { ownerHandlers } from './plugins/owner-routes.ts'
import { pluginHandlers } from './plugins/plugin-routes.ts'
import { publishingHandlers } from './publishing/publishing-routes.ts'
import { versionLifeHandlers } from './publishing/version-life-routes.ts'
import { ratingHandlers } from './ratings/rating-routes.ts'
import { reviewHandlers } from './review/review-routes.ts'
import { discoveryHandlers } from './search/discovery-routes.ts'
import { searchHandlers } from './search/search-routes.ts'
import { telemetryHandlers } from './telemetry/telemetry-routes.ts'
import { tenantHandlers } from './tenants/tenant-routes.ts'
import { webhookHandlers } from './webhooks/webhook-routes.ts'
import type { World } from './world.ts'

/** The registry as an Express application: middleware, then every feature, then the pages that were built. */
export function createApp(world: World, pages: PageFiles | undefined): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.enable('case sensitive routing')
  app.enable('strict routing')
  app.set('trust proxy', world.config.trustProxy)
  app.use(logRequests(world.log, (seen) => world.metrics.observe(seen)))
  app.use(secure)
  app.use(openToAllOrigins)
  mountRoutes(app, world, {
    ...searchHandlers,
    ...discoveryHandlers,
    ...pluginHandlers,
    ...publishingHandlers,
    ...versionLifeHandlers,
    ...ownerHandlers,
    ...reviewHandlers,
    ...ratingHandlers,
    ...tenantHandlers,
    ...installationHandlers,
    ...eventHandlers,
    ...webhookHandlers,
    ...notificationHandlers,
    ...bundleHandlers,
    ...frameHandlers(pages),
    ...authHandlers,
    ...sessionHandlers,
    ...trustHandlers,
    ...auditHandlers,
    ...operationHandlers,
    ...analyticsHandlers,
    ...advisoryHandlers,
    ...telemetryHandlers,
  })
  app.use(answerPages(world, pages))
  app.use(refuseUnknown)
  app.use(answerError)
  return app
}
