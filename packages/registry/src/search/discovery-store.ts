import { type ExpressionBuilder, sql } from 'kysely'
import { smoothedRating } from '../db/published-order.ts'
import type { Db, PluginRow, Tables } from '../db/tables.ts'
import { type Audience, listed } from './listed.ts'
import type { TrendDays } from './trend-score.ts'

/** Those that most tenants have first, and of these the best rated. */
export async function listPopular(db: Db, audience: Audience, category?: string): Promise<PluginRow[]> {
  const rows = popular(db, audience)
  return (category === undefined ? rows : rows.where('category', '=', category)).execute()
}

/** The popular of some categories, or of all where none is named, without what a tenant has. */
export async function listPopularWithout(
  db: Db,
  audience: Audience,
  { tenantId, categories }: { tenantId: string; categories: readonly string[] },
): Promise<PluginRow[]> {
  const rows = popular(db, audience).where(notInstalledBy(tenantId))
  return (categories.length === 0 ? rows : rows.where('category', 'in', categories)).execute()
}

function popular(db: Db, audience: Audience) {
  return listed(db, audience)
    .selectAll('plugins')
    .orderBy('install_count', 'desc')
    .orderBy(sql.raw(smoothedRating), 'desc')
    .orderBy('number')
    .limit(audience.take)
}

/** Plugins that are compared with their usual rate: those that were installed most of late. */
const mostTrending = 500

/** The plugins with most installs from the first recent day to today, and how many. */
export async function listRecentlyInstalled(
  db: Db,
  audience: Audience,
  { recent, today }: TrendDays,
): Promise<(PluginRow & { recent_installs: number })[]> {
  const counted = db
    .selectFrom('plugin_days')
    .select(['plugin_id', (select) => select.fn.sum<number>('installs').as('installs')])
    .where('day', '>=', recent)
    .where('day', '<=', today)
    .groupBy('plugin_id')
    .as('recent')
  return listed(db, audience)
    .innerJoin(counted, 'recent.plugin_id', 'plugins.id')
    .selectAll('plugins')
    .select('recent.installs as recent_installs')
    .orderBy('recent.installs', 'desc')
    .orderBy('plugins.number')
    .limit(mostTrending)
    .execute()
}

/** What a tenant has that says most about it. */
const mostTelling = 20
/** Tenants that are asked about, for each of these plugins and in all. */
const mostOwners = 250
const mostPeers = 50
/** Installations of these tenants that are read. */
const mostTheirs = 5_000
/** Plugins that are weighed against each other. */
const mostCandidates = 200
/** What a single other tenant has stays its own business. */
const leastPeers = 2

/** What a tenant has: the plugins that the fewest others have first, for they say most about it. */
export async function listTelling(db: Db, tenantId: string): Promise<Pick<PluginRow, 'id' | 'category'>[]> {
  return db
    .selectFrom('installations')
    .innerJoin('plugins', 'plugins.id', 'installations.plugin_id')
    .select(['plugins.id', 'plugins.category'])
    .where('installations.tenant_id', '=', tenantId)
    .orderBy('plugins.install_count')
    .orderBy('plugins.number')
    .limit(mostTelling)
    .execute()
}

/**
 * What the tenants that have most of these plugins have beside them, and how many of these tenants: only what several
 * have. Bounded whatever the number of tenants.
 */
export async function listInstalledTogether(
  db: Db,
  audience: Audience,
  { tenantId, pluginIds }: { tenantId: string; pluginIds: readonly string[] },
): Promise<(PluginRow & { peers: number })[]> {
  const [first, ...others] = pluginIds.map((pluginId) => ownersOf(db, pluginId, tenantId))
  if (!first) return []
  const owners = others.reduce((all, next) => all.unionAll(next), first)
  const peers = db
    .selectFrom(owners.as('owners'))
    .select('tenant_id')
    .groupBy('tenant_id')
    .orderBy((order) => order.fn.countAll(), 'desc')
    .orderBy('tenant_id')
    .limit(mostPeers)
    .as('peer')
  const theirs = db
    .selectFrom(peers)
    .innerJoin('installations', 'installations.tenant_id', 'peer.tenant_id')
    .select('installations.plugin_id')
    .limit(mostTheirs)
    .as('theirs')
  const together = db
    .selectFrom(theirs)
    .select(['plugin_id', (select) => select.fn.countAll<number>().as('peers')])
    .groupBy('plugin_id')
    .having((having) => having.fn.countAll(), '>=', leastPeers)
    .as('together')
  return listed(db, audience)
    .innerJoin(together, 'together.plugin_id', 'plugins.id')
    .selectAll('plugins')
    .select('together.peers')
    .where(notInstalledBy(tenantId))
    .orderBy('together.peers', 'desc')
    .orderBy('plugins.number')
    .limit(mostCandidates)
    .execute()
}

/** Some of the other tenants that have a plugin, in the order of an index. */
function ownersOf(db: Db, pluginId: string, exceptTenant: string) {
  return db
    .selectFrom(
      db
        .selectFrom('installations')
        .select('tenant_id')
        .where('plugin_id', '=', pluginId)
        .where('tenant_id', '!=', exceptTenant)
        .orderBy('version', 'desc')
        .orderBy('tenant_id', 'desc')
        .limit(mostOwners)
        .as('some'),
    )
    .select('tenant_id')
}

function notInstalledBy(tenantId: string) {
  return (where: ExpressionBuilder<Tables, 'plugins'>) =>
    where.not(
      where.exists(
        where
          .selectFrom('installations')
          .select('installations.plugin_id')
          .whereRef('installations.plugin_id', '=', 'plugins.id')
          .where('installations.tenant_id', '=', tenantId),
      ),
    )
}

/** Installs of these plugins in the weeks before the recent ones. */
export async function installsBefore(
  db: Db,
  pluginIds: readonly string[],
  { before, recent }: TrendDays,
): Promise<Map<string, number>> {
  if (pluginIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('plugin_days')
    .select(['plugin_id', (select) => select.fn.sum<number>('installs').as('installs')])
    .where('plugin_id', 'in', pluginIds)
    .where('day', '>=', before)
    .where('day', '<', recent)
    .groupBy('plugin_id')
    .execute()
  return new Map(rows.map(({ plugin_id, installs }) => [plugin_id, installs]))
}
