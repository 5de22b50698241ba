import { type SqlBool, sql } from 'kysely'
import type { Period } from '../analytics/plugin-day-store.ts'
import type { Db, TelemetryErrorRow, TelemetryTimeRow, Trx } from '../db/tables.ts'
import type { ErrorKey } from './telemetry-batch.ts'

/** A plugin and a version of it. */
export interface Shown {
  readonly pluginId: string
  readonly version: string
}

/** Those of these that the tenant has, or had before an update that a page has not heard of: the plugin is installed. */
export async function shownBy(db: Db, tenantId: string, shown: readonly Shown[]): Promise<Set<string>> {
  const pluginIds = [...new Set(shown.map(({ pluginId }) => pluginId))]
  const installed = await db
    .selectFrom('installations')
    .select(['plugin_id', 'version'])
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', 'in', pluginIds)
    .execute()
  const found = new Set(installed.map(shownKeyOf))
  const ids = new Set(installed.map(({ plugin_id }) => plugin_id))
  const others = shown.filter((one) => ids.has(one.pluginId) && !found.has(shownKey(one)))
  if (others.length === 0) return found
  const before = await db
    .selectFrom('installation_history')
    .select(['plugin_id', 'version'])
    .distinct()
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', 'in', [...new Set(others.map(({ pluginId }) => pluginId))])
    .where('version', 'in', [...new Set(others.map(({ version }) => version))])
    .execute()
  return new Set([...found, ...before.map(shownKeyOf)])
}

export const shownKey = ({ pluginId, version }: Shown): string => `${pluginId} ${version}`
const shownKeyOf = (row: { plugin_id: string; version: string }) =>
  shownKey({ pluginId: row.plugin_id, version: row.version })

/** Adds to the rows of times, those that are not there yet included. */
export async function addTimes(trx: Trx, rows: readonly TelemetryTimeRow[]): Promise<void> {
  if (rows.length === 0) return
  await trx
    .insertInto('telemetry_times')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'plugin_id', 'day', 'version', 'variant', 'measure', 'bucket'])
        .doUpdateSet((set) => ({ count: set('telemetry_times.count', '+', set.ref('excluded.count')) })),
    )
    .execute()
}

/** The same for errors; the message is that of the last. */
export async function addErrors(trx: Trx, rows: readonly TelemetryErrorRow[]): Promise<void> {
  if (rows.length === 0) return
  await trx
    .insertInto('telemetry_errors')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'plugin_id', 'day', 'version', 'variant', 'code', 'component'])
        .doUpdateSet((set) => ({
          count: set('telemetry_errors.count', '+', set.ref('excluded.count')),
          message: set.ref('excluded.message'),
          last_at: set.ref('excluded.last_at'),
        })),
    )
    .execute()
}

/** Which errors of these plugins of a tenant are counted on a day. */
export async function errorsOn(
  db: Db,
  { tenantId, day }: { tenantId: string; day: string },
  pluginIds: readonly string[],
): Promise<Pick<TelemetryErrorRow, ErrorKey>[]> {
  if (pluginIds.length === 0) return []
  return db
    .selectFrom('telemetry_errors')
    .select(['plugin_id', 'version', 'variant', 'code', 'component'])
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', 'in', pluginIds)
    .where('day', '=', day)
    .execute()
}

/** A plugin on some days, in the pages of one tenant or of all together. */
export interface Scope extends Period {
  readonly pluginId: string
  readonly tenantId: string | undefined
}

const within = ({ pluginId, tenantId, from, to }: Scope) =>
  tenantId === undefined
    ? sql<SqlBool>`plugin_id = ${pluginId} and day >= ${from} and day <= ${to}`
    : sql<SqlBool>`tenant_id = ${tenantId} and plugin_id = ${pluginId} and day >= ${from} and day <= ${to}`

/** The versions of which something is known. */
export async function versionsSeen(db: Db, scope: Scope): Promise<string[]> {
  const rows = await db
    .selectFrom('telemetry_times')
    .select('version')
    .where(within(scope))
    .union(db.selectFrom('telemetry_errors').select('version').where(within(scope)))
    .execute()
  return rows.map(({ version }) => version)
}

export type TimeSum = Pick<TelemetryTimeRow, 'version' | 'variant' | 'measure' | 'bucket' | 'count'>

/** How often each bucket was met, over all days. */
export async function sumTimes(db: Db, scope: Scope, versions: readonly string[]): Promise<TimeSum[]> {
  return db
    .selectFrom('telemetry_times')
    .select(['version', 'variant', 'measure', 'bucket'])
    .select((eb) => eb.fn.sum<number>('count').as('count'))
    .where(within(scope))
    .where('version', 'in', versions)
    .groupBy(['version', 'variant', 'measure', 'bucket'])
    .execute()
}

export type ErrorSum = Pick<TelemetryErrorRow, 'version' | 'variant' | 'code' | 'component' | 'count'> & {
  /** Null for all tenants together: what stands in one's pages is not another's to read. */
  readonly message: string | null
}

/** The most frequent errors of each version and variant over all days, so many of each. */
export async function sumErrors(db: Db, scope: Scope, versions: readonly string[], take: number): Promise<ErrorSum[]> {
  const sums = db
    .selectFrom('telemetry_errors')
    .select(['version', 'variant', 'code', 'component'])
    .select((eb) => [eb.fn.sum<number>('count').as('count'), eb.fn.max('last_at').as('last_at')])
    .where(within(scope))
    .where('version', 'in', versions)
    .groupBy(['version', 'variant', 'code', 'component'])
  const place = sql<number>`row_number() over (
    partition by version, variant order by ${sql.ref('count')} desc, code, component)`
  const rows = await db
    .selectFrom(db.selectFrom(sums.as('sums')).selectAll().select(place.as('place')).as('placed'))
    .leftJoin('telemetry_errors as last', (join) =>
      join
        .on('last.tenant_id', '=', scope.tenantId ?? '')
        .on('last.plugin_id', '=', scope.pluginId)
        .on('last.day', '=', sql<string>`substr(placed.last_at, 1, 10)`)
        .onRef('last.version', '=', 'placed.version')
        .onRef('last.variant', '=', 'placed.variant')
        .onRef('last.code', '=', 'placed.code')
        .onRef('last.component', '=', 'placed.component'),
    )
    .select(['placed.version', 'placed.variant', 'placed.code', 'placed.component', 'placed.count', 'last.message'])
    .where('placed.place', '<=', take)
    .orderBy('placed.place')
    .execute()
  return rows
}

/** Forgets what pages told before a day. */
export async function deleteTelemetryBefore(db: Db, day: string): Promise<void> {
  await db.deleteFrom('telemetry_times').where('day', '<', day).execute()
  await db.deleteFrom('telemetry_errors').where('day', '<', day).execute()
}
