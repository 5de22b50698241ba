import { PluginId } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { PluginParams } from './plugins.ts'
import { route } from './route.ts'
import { closed } from './shapes.ts'

export const Day = Type.String({ format: 'date', description: 'A day in UTC, such as 2026-01-31' })
const Count = Type.Integer({ minimum: 0 })

const happened = {
  downloads: Type.Integer({ minimum: 0, description: 'Packages that went out whole' }),
  downloadBytes: Type.Integer({ minimum: 0 }),
  installs: Count,
  uninstalls: Count,
}
const rated = {
  ratings: Type.Integer({ minimum: 0, description: 'Ratings of that day that show' }),
  stars: Type.Integer({ minimum: 0, description: 'Their stars together' }),
}

/** What happened on one day in UTC. */
export const AnalyticsDay = Type.Object({
  day: Day,
  ...happened,
  installed: Type.Integer({ description: 'Installations at the end of the day' }),
  enabled: Type.Integer({ description: 'Those of them that show in their tenants’ pages' }),
  ...rated,
})
export type AnalyticsDay = Static<typeof AnalyticsDay>

const AnalyticsTotals = Type.Object({ ...happened, ...rated })

/** A plugin’s days, each of the period, with nothing left out. */
export const PluginAnalytics = Type.Object({
  pluginId: PluginId,
  from: Day,
  to: Day,
  days: Type.Array(AnalyticsDay),
  totals: AnalyticsTotals,
})
export type PluginAnalytics = Static<typeof PluginAnalytics>

/** The whole registry’s days, and its most downloaded plugins. */
export const Analytics = Type.Object({
  from: Day,
  to: Day,
  days: Type.Array(AnalyticsDay),
  totals: AnalyticsTotals,
  topPlugins: Type.Array(Type.Object({ pluginId: PluginId, ...happened })),
})
export type Analytics = Static<typeof Analytics>

const AnalyticsQuery = Type.Object(
  {
    from: Type.Optional(
      Type.Unsafe<string>({ ...Day, description: 'First day, in UTC; 29 days before `to` unless given' }),
    ),
    to: Type.Optional(Type.Unsafe<string>({ ...Day, description: 'Last day, at most 400 in all; today unless given' })),
    format: Type.Optional(
      Type.Enum(['json', 'csv'], {
        description: '`csv` gives the days as a table (RFC 4180), as does `Accept: text/csv`',
      }),
    ),
  },
  closed,
)

export const analyticsRoutes = {
  getPluginAnalytics: route({
    method: 'GET',
    path: '/api/plugins/:pluginId/analytics',
    permission: 'plugin:manage',
    summary: 'Downloads, installations and ratings of a plugin, day by day',
    params: PluginParams,
    query: AnalyticsQuery,
    status: 200,
    answer: PluginAnalytics,
    errors: ['plugin_not_found', 'not_owner'],
  }),
  getAnalytics: route({
    method: 'GET',
    path: '/api/analytics',
    permission: 'registry:observe',
    summary: 'Downloads, installations and ratings of the whole registry, day by day, and its most downloaded plugins',
    query: AnalyticsQuery,
    status: 200,
    answer: Analytics,
    errors: [],
  }),
}
