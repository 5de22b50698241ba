import type { Suggestion } from '@plexica/api'
import type { Category } from '@plexica/manifest-schema'
import { known, type Principal } from '../auth/principal.ts'
import { bundleUrl } from '../bundles/bundle-urls.ts'
import type { PluginRow } from '../db/tables.ts'
import type { Call, Handler } from '../http/handler.ts'
import { jsonReply } from '../http/json-reply.ts'
import { RegistryError } from '../http/registry-error.ts'
import { requestFinding } from '../http/request-finding.ts'
import { wasPublished } from '../plugins/plugin-status.ts'
import { pluginSummary } from '../plugins/plugin-view.ts'
import { requireTenant } from '../tenants/tenant-store.ts'
import type { World } from '../world.ts'
import { listPopular } from './discovery-store.ts'
import { listTrending } from './list-trending.ts'
import { recommendPlugins } from './recommend-plugins.ts'
import { type SuggestedRow, suggestPlugins as suggest } from './suggest-plugins.ts'

/** Seconds for which what everybody is answered may be kept: by browsers, by proxies, and here. */
const keptFor = 15

/** Where a request does not say. */
const usualTake = 20

const suggestPlugins: Handler<'suggestPlugins'> = async ({ world, query, principal, headers }) => {
  const rows = await suggest(world.db, query.q, { principal, take: query.take ?? 8 })
  return jsonReply({ suggestions: rows.map((row) => suggestion(world, row)) }, headers, cacheHeaders(principal))
}

const popularPlugins: Handler<'popularPlugins'> = async ({ world, query, principal, headers }) => {
  const rows = await listPopular(world.db, { principal, take: query.take ?? usualTake }, query.category)
  return jsonReply(answer(world, rows), headers, cacheHeaders(principal))
}

const trendingPlugins: Handler<'trendingPlugins'> = async ({ world, query, principal, headers }) => {
  const { take = usualTake } = query
  const { moment } = world.ready
  const rows = await listTrending(world.db, world.now(), { principal, take })
  const reply = jsonReply(answer(world, rows), headers, cacheHeaders(principal))
  // A week of installs was counted: nobody has that done at each request.
  if (principal.kind === 'anonymous') {
    const address = take === usualTake ? trending : `${trending}?take=${take}`
    reply.keep(world.ready, address, { tag: 'trending', route: trending, moment, seconds: keptFor })
  }
  return reply
}

const trending = '/api/plugins/trending'

const recommendedPlugins: Handler<'recommendedPlugins'> = async (call) => {
  const { world, query, principal } = call
  const tenantId = tenantOf(call)
  await requireTenant(world.db, tenantId)
  return answer(world, await recommendPlugins(world.db, tenantId, { principal, take: query.take ?? usualTake }))
}

/** Members of a tenant are asked for none; for them there is no other. */
function tenantOf({ query, principal }: Call<'recommendedPlugins'>): string {
  const { role, tenantId } = known(principal)
  if (role !== 'super-admin' && tenantId !== null) {
    if (query.tenantId === undefined || query.tenantId === tenantId) return tenantId
    throw new RegistryError('tenant_not_found', `There is no tenant ${query.tenantId}.`)
  }
  if (query.tenantId !== undefined) return query.tenantId
  const finding = requestFinding('query.tenantId', 'query.tenantId is missing.', 'Name the tenant.')
  throw new RegistryError('request_invalid', 'Your key belongs to no tenant.', { findings: [finding] })
}

function answer(world: World, rows: readonly PluginRow[]) {
  return { plugins: rows.map((row) => pluginSummary(world, row)) }
}

function suggestion(world: World, row: SuggestedRow): Suggestion {
  const { id, name, icon, category } = row
  return {
    id,
    name,
    icon: icon && wasPublished(row.status) ? bundleUrl(world, id, row.listing_version, icon) : null,
    category: category as Category,
  }
}

/** An answer to somebody known is for them alone. */
function cacheHeaders(principal: Principal): Record<string, string> {
  const shared = principal.kind === 'anonymous'
  return { 'cache-control': shared ? `public, max-age=${keptFor}` : 'private, no-cache', vary: 'authorization' }
}

export const discoveryHandlers = { suggestPlugins, popularPlugins, trendingPlugins, recommendedPlugins }
