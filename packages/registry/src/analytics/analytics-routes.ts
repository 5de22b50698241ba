import type { AnalyticsDay } from '@plexica/api'
import type { Call, Handler } from '../http/handler.ts'
import type { Reply } from '../http/reply.ts'
import { requireManaged } from '../plugins/require-managed.ts'
import type { World } from '../world.ts'
import { analyticsDays, analyticsTotals, periodOf } from './analytics.ts'
import { csvReply, prefersCsv } from './csv.ts'
import { countBefore, listDays, listRatingDays, listTopPlugins, type Period } from './plugin-day-store.ts'

const mostTopPlugins = 20

const getPluginAnalytics: Handler<'getPluginAnalytics'> = async (call) => {
  const { world, params, principal, query } = call
  const { pluginId } = params
  await requireManaged(world.db, { pluginId, principal })
  const period = periodOf(query, world.now())
  const days = await daysOf(world, pluginId, period)
  if (wantsCsv(call)) return csvOf(pluginId, period, days)
  return { pluginId, ...period, days, totals: analyticsTotals(days) }
}

const getAnalytics: Handler<'getAnalytics'> = async (call) => {
  const { world, query } = call
  const period = periodOf(query, world.now())
  const days = await daysOf(world, undefined, period)
  if (wantsCsv(call)) return csvOf('registry', period, days)
  const top = await listTopPlugins(world.db, period, mostTopPlugins)
  return {
    ...period,
    days,
    totals: analyticsTotals(days),
    topPlugins: top.map(({ plugin_id: pluginId, download_bytes: downloadBytes, downloads, installs, uninstalls }) => {
      return { pluginId, downloads, downloadBytes, installs, uninstalls }
    }),
  }
}

async function daysOf({ db }: World, pluginId: string | undefined, period: Period): Promise<AnalyticsDay[]> {
  return analyticsDays(period, {
    days: await listDays(db, pluginId, period),
    ratings: await listRatingDays(db, pluginId, period),
    before: await countBefore(db, pluginId, period.from),
  })
}

function wantsCsv({ query, headers }: Pick<Call<'getAnalytics'>, 'query' | 'headers'>): boolean {
  return query.format === undefined ? prefersCsv(headers.accept) : query.format === 'csv'
}

const columns = [
  'day',
  'downloads',
  'downloadBytes',
  'installs',
  'uninstalls',
  'installed',
  'enabled',
  'ratings',
  'stars',
] as const satisfies (keyof AnalyticsDay)[]

function csvOf(name: string, { from, to }: Period, days: readonly AnalyticsDay[]): Reply {
  const rows = days.map((day) => columns.map((column) => day[column]))
  return csvReply(`${name}-${from}-${to}.csv`, columns, rows)
}

export const analyticsHandlers = { getPluginAnalytics, getAnalytics }
