import type { Operation } from './routes.ts'

/**
 * Every endpoint that was asked for → the operation that answers it. Where two of them name one thing, one route answers
 * both; the reference says so at that route.
 */
export const requiredEndpoints: Readonly<Record<string, Operation>> = {
  'POST /api/plugins/:pluginId/versions': 'publishVersion',
  'GET /api/plugins/:pluginId/versions': 'listVersions',
  'GET /api/plugins/:pluginId/versions/:version': 'getVersion',
  'DELETE /api/plugins/:pluginId/versions/:version': 'deleteVersion',
  'POST /api/plugins/:pluginId/ratings': 'ratePlugin',
  'GET /api/plugins/:pluginId/ratings': 'listRatings',
  'GET /api/plugins/:pluginId/ratings/me': 'getOwnRating',
  'DELETE /api/plugins/:pluginId/ratings/:id': 'deleteRating',
  'POST /api/plugins/:pluginId/submit': 'submitVersion',
  'POST /api/plugins/:pluginId/approve': 'approveVersion',
  'POST /api/plugins/:pluginId/reject': 'rejectVersion',
  'POST /api/plugins/:pluginId/deprecate': 'deprecatePlugin',
  'GET /api/plugins/search': 'searchPlugins',
  'GET /api/plugins/popular': 'popularPlugins',
  'GET /api/plugins/trending': 'trendingPlugins',
  'GET /api/plugins/recommended': 'recommendedPlugins',
  'POST /api/tenants/:tenantId/plugins/:pluginId/install': 'installPlugin',
  'GET /api/tenants/:tenantId/plugins/:pluginId/updates': 'getInstallationUpdate',
  'POST /api/tenants/:tenantId/plugins/:pluginId/update': 'updateInstallation',
  'POST /plugins': 'publishPlugin',
  'GET /plugins': 'listPlugins',
  'GET /plugins/:id': 'getPlugin',
  'PUT /plugins/:id': 'changePlugin',
  'DELETE /plugins/:id': 'deletePlugin',
  'GET /plugins/bundles/:pluginId/v:version/bundle.js': 'getBundleFile',
  'POST /plugins/install': 'installPlugin',
  'PUT /plugins/:pluginId/configure': 'configurePlugin',
  'POST /plugins/:pluginId/enable': 'enablePlugin',
  'GET /tenants/:tenantId/plugins': 'listInstallations',
}
