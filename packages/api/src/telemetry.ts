import { PluginId, Version } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { Day } from './analytics.ts'
import { Variant } from './experiments.ts'
import { InstallationParams, TenantParams } from './installations.ts'
import { PluginParams } from './plugins.ts'
import { route } from './route.ts'
import { closed } from './shapes.ts'

const Milliseconds = Type.Number({ minimum: 0, maximum: 600_000, description: 'In milliseconds' })

/** What one page saw of one plugin since it last told. */
export const PluginReport = Type.Object(
  {
    pluginId: PluginId,
    version: Version,
    variant: Variant,
    loads: Type.Optional(
      Type.Array(Milliseconds, { maxItems: 10, description: 'From asking for the bundle until it has run' }),
    ),
    renders: Type.Optional(
      Type.Array(Milliseconds, {
        maxItems: 100,
        description: 'From rendering a component until it stands in the page',
      }),
    ),
    errors: Type.Optional(
      Type.Array(
        Type.Object(
          {
            code: Type.String({ pattern: '^[a-z][a-z_]{1,49}$', description: 'Of the host, e.g. `bundle_threw`' }),
            component: Type.Optional(Type.String({ maxLength: 64 })),
            message: Type.String({ maxLength: 500, description: 'Never with values that a person typed' }),
          },
          closed,
        ),
        { maxItems: 20 },
      ),
    ),
  },
  closed,
)
export type PluginReport = Static<typeof PluginReport>

/** How a measure spreads: exact count, times to the nearest bucket. */
const Spread = Type.Object({
  count: Type.Integer({ minimum: 0 }),
  p50: Type.Union([Type.Number(), Type.Null()], { description: 'In milliseconds; null where nothing was measured' }),
  p95: Type.Union([Type.Number(), Type.Null()], { description: 'In milliseconds; null where nothing was measured' }),
})

/** How a version of a plugin does in pages, for one variant of its configuration. */
export const PluginTelemetry = Type.Object({
  version: Version,
  variant: Variant,
  load: Spread,
  render: Spread,
  errors: Type.Array(
    Type.Object({
      code: Type.String(),
      component: Type.Union([Type.String(), Type.Null()]),
      count: Type.Integer({ minimum: 1 }),
      message: Type.String({ description: 'Of the last of them; of all tenants together, the code in words' }),
    }),
    { description: 'The most frequent first, at most 20' },
  ),
})
export type PluginTelemetry = Static<typeof PluginTelemetry>

const Period = Type.Object(
  {
    from: Type.Optional(Type.Unsafe<string>({ ...Day, description: 'First day; 6 days before `to` unless given' })),
    to: Type.Optional(Type.Unsafe<string>({ ...Day, description: 'Last day, at most 90 in all; today unless given' })),
  },
  closed,
)
const Answer = Type.Object({
  pluginId: PluginId,
  from: Day,
  to: Day,
  telemetry: Type.Array(PluginTelemetry, { description: 'By version, the newest first, at most 20, and by variant' }),
})

export const telemetryRoutes = {
  reportTelemetry: route({
    method: 'POST',
    path: '/api/tenants/:tenantId/telemetry',
    permission: 'telemetry:report',
    summary: 'Tell how plugins did in a page; what is said of plugins that the tenant does not have is dropped',
    params: TenantParams,
    body: Type.Object({ reports: Type.Array(PluginReport, { minItems: 1, maxItems: 50 }) }, closed),
    status: 204,
    errors: ['tenant_not_found'],
  }),
  getTenantTelemetry: route({
    method: 'GET',
    path: '/api/tenants/:tenantId/plugins/:pluginId/telemetry',
    permission: 'installation:read',
    summary: 'How a plugin does in the tenant’s pages: times and errors by version and variant',
    params: InstallationParams,
    query: Period,
    status: 200,
    answer: Answer,
    errors: ['tenant_not_found', 'installation_not_found'],
  }),
  getPluginTelemetry: route({
    method: 'GET',
    path: '/api/plugins/:pluginId/telemetry',
    permission: 'plugin:manage',
    summary: 'How a plugin does in the pages of all tenants together',
    params: PluginParams,
    query: Period,
    status: 200,
    answer: Answer,
    errors: ['plugin_not_found', 'not_owner'],
  }),
}
