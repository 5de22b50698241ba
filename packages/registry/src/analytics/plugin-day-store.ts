import { sql } from 'kysely'
import { dayAfter } from '../days.ts'
import type { Db, PluginDayRow, Trx } from '../db/tables.ts'

/** More of what is counted on a plugin's day. */
export interface DayChange {
  readonly pluginId: string
  readonly day: string
  readonly downloads?: number
  readonly downloadBytes?: number
  readonly installs?: number
  readonly uninstalls?: number
  readonly enabledChange?: number
}

/** Adds to the rows of some days, those that are not there yet included. */
export async function addToDays(trx: Trx, changes: readonly DayChange[]): Promise<void> {
  if (changes.length === 0) return
  const rows = Map.groupBy(changes, ({ pluginId, day }) => `${pluginId} ${day}`)
  // In one order, so that no two transactions wait for each other.
  const sorted = [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, same]) => rowOf(same) ?? [])
  await trx
    .insertInto('plugin_days')
    .values(sorted)
    .onConflict((conflict) =>
      conflict.columns(['plugin_id', 'day']).doUpdateSet((set) => ({
        downloads: set('plugin_days.downloads', '+', set.ref('excluded.downloads')),
        download_bytes: set('plugin_days.download_bytes', '+', set.ref('excluded.download_bytes')),
        installs: set('plugin_days.installs', '+', set.ref('excluded.installs')),
        uninstalls: set('plugin_days.uninstalls', '+', set.ref('excluded.uninstalls')),
        enabled_change: set('plugin_days.enabled_change', '+', set.ref('excluded.enabled_change')),
      })),
    )
    .execute()
}

function rowOf(changes: readonly DayChange[]): PluginDayRow | undefined {
  const [first] = changes
  if (!first) return undefined
  const sum = (key: Exclude<keyof DayChange, 'pluginId' | 'day'>) =>
    changes.reduce((total, change) => total + (change[key] ?? 0), 0)
  return {
    plugin_id: first.pluginId,
    day: first.day,
    downloads: sum('downloads'),
    download_bytes: sum('downloadBytes'),
    installs: sum('installs'),
    uninstalls: sum('uninstalls'),
    enabled_change: sum('enabledChange'),
  }
}

/** From the first to the last day, both included. */
export interface Period {
  readonly from: string
  readonly to: string
}

export type DayCounts = Omit<PluginDayRow, 'plugin_id'>

/** What was counted on each day that has something, of one plugin, or of all together. */
export async function listDays(db: Db, pluginId: string | undefined, { from, to }: Period): Promise<DayCounts[]> {
  let rows = db.selectFrom('plugin_days').where('day', '>=', from).where('day', '<=', to)
  if (pluginId !== undefined) rows = rows.where('plugin_id', '=', pluginId)
  return rows
    .select(['day'])
    .select((eb) => [
      eb.fn.sum<number>('downloads').as('downloads'),
      eb.fn.sum<number>('download_bytes').as('download_bytes'),
      eb.fn.sum<number>('installs').as('installs'),
      eb.fn.sum<number>('uninstalls').as('uninstalls'),
      eb.fn.sum<number>('enabled_change').as('enabled_change'),
    ])
    .groupBy('day')
    .orderBy('day')
    .execute()
}

/** Installations at the beginning of a day. */
export async function countBefore(
  db: Db,
  pluginId: string | undefined,
  day: string,
): Promise<{ installed: number; enabled: number }> {
  let rows = db.selectFrom('plugin_days').where('day', '<', day)
  if (pluginId !== undefined) rows = rows.where('plugin_id', '=', pluginId)
  return rows
    .select([
      sql<number>`coalesce(sum(installs - uninstalls), 0)`.as('installed'),
      sql<number>`coalesce(sum(enabled_change), 0)`.as('enabled'),
    ])
    .executeTakeFirstOrThrow()
}

/** The ratings that show, by the day on which they were given. */
export async function listRatingDays(
  db: Db,
  pluginId: string | undefined,
  { from, to }: Period,
): Promise<{ day: string; count: number; stars: number }[]> {
  let rows = db
    .selectFrom('ratings')
    .where('hidden_at', 'is', null)
    .where('created_at', '>=', from)
    .where('created_at', '<', dayAfter(to))
  if (pluginId !== undefined) rows = rows.where('plugin_id', '=', pluginId)
  return rows
    .select([
      sql<string>`substr(created_at, 1, 10)`.as('day'),
      sql<number>`count(*)`.as('count'),
      sql<number>`sum(stars)`.as('stars'),
    ])
    .groupBy(sql`substr(created_at, 1, 10)`)
    .execute()
}

/** The plugins with the most downloads in a period, then those with the most installations. */
export async function listTopPlugins(db: Db, { from, to }: Period, take: number) {
  return db
    .selectFrom('plugin_days')
    .where('day', '>=', from)
    .where('day', '<=', to)
    .select('plugin_id')
    .select((eb) => [
      eb.fn.sum<number>('downloads').as('downloads'),
      eb.fn.sum<number>('download_bytes').as('download_bytes'),
      eb.fn.sum<number>('installs').as('installs'),
      eb.fn.sum<number>('uninstalls').as('uninstalls'),
    ])
    .groupBy('plugin_id')
    .orderBy('downloads', 'desc')
    .orderBy('installs', 'desc')
    .orderBy('plugin_id')
    .limit(take)
    .execute()
}
