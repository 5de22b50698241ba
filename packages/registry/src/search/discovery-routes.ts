import type { Suggestion } from '@plexica/api'
import type { Category } from '@plexica/manifest-schema'
import { known, type Principal } from '../auth/principal.ts'
import type { PluginRow } from '../db/tables.ts'
import type { Call, Handler } from '../http/handler.ts'
import { jsonReply } from '../http/json-reply.ts'
import { RegistryError } from '../http/registry-error.ts'
import { requestFinding } from '../http/request-finding.ts'
import { fileUrls, pluginSummary } from '../plugins/plugin-view.ts'
import { type Viewer, viewerOf } from '../plugins/visibility.ts'
import { requireTenant } from '../tenants/tenant-store.ts'
import type { World } from '../world.ts'
import { listPopular } from './discovery-store.ts'
import { listTrending } from './list-trending.ts'
import { trendingTag } from './listed.ts'
import { recommendPlugins } from './recommend-plugins.ts'
import { type SuggestedRow, suggestPlugins as suggest } from './suggest-plugins.ts'

/** Seconds for which what everybody is answered may be kept: by browsers, by proxies, and here. */
const keptFor = 15

/** Where a request does not say. */
const usualTake = 20

const suggestPlugins: Handler<'suggestPlugins'> = async ({ world, query, principal, headers }) => {
  const viewer = viewerOf(principal)
  const rows = await suggest(world.db, query.q, { viewer, take: query.take ?? 8 })
  return jsonReply({ suggestions: rows.map((row) => suggestion(world, row, viewer)) }, headers, cacheHeaders(principal))
}

const popularPlugins: Handler<'popularPlugins'> = async ({ world, query, principal, headers }) => {
  const viewer = viewerOf(principal)
  const rows = await listPopular(world.db, { viewer, take: query.take ?? usualTake }, query.category)
  return jsonReply(answer(world, rows, viewer), headers, cacheHeaders(principal))
}

const trendingPlugins: Handler<'trendingPlugins'> = async ({ world, query, principal, headers }) => {
  const { take = usualTake } = query
  const { moment } = world.ready
  const viewer = viewerOf(principal)
  const rows = await listTrending(world.db, world.now(), { viewer, take })
  const reply = jsonReply(answer(world, rows, viewer), headers, cacheHeaders(principal))
  // A week of installs was counted: nobody has that done at each request.
  if (principal.kind === 'anonymous') {
    const address = take === usualTake ? trending : `${trending}?take=${take}`
    reply.keep(world.ready, address, { tag: trendingTag, route: trending, moment, seconds: keptFor })
  }
  return reply
}

const trending = '/api/plugins/trending'

const recommendedPlugins: Handler<'recommendedPlugins'> = async (call) => {
  const { world, query } = call
  const tenantId = tenantOf(call)
  await requireTenant(world.db, tenantId)
  // Whoever asks, it is the tenant that has to be able to install them.
  const viewer: Viewer = { kind: 'tenant', tenantId }
  return answer(world, await recommendPlugins(world.db, tenantId, { viewer, take: query.take ?? usualTake }), viewer)
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

function answer(world: World, rows: readonly PluginRow[], viewer: Viewer) {
  return { plugins: rows.map((row) => pluginSummary(world, row, viewer)) }
}

function suggestion(world: World, row: SuggestedRow, viewer: Viewer): Suggestion {
  const { id, name, icon, category } = row
  return {
    id,
    name,
    icon: icon === null ? null : (fileUrls(world, row, viewer)?.(icon) ?? null),
    category: category as Category,
  }
}

/** An answer to somebody known is for them alone. */
function cacheHeaders(principal: Principal): Record<string, string> {
  const shared = principal.kind === 'anonymous'
  return {
    'cache-control': shared ? `public, max-age=${keptFor}` : 'private, no-cache',
    vary: 'authorization, cookie',
  }
}

export const discoveryHandlers = { suggestPlugins, popularPlugins, trendingPlugins, recommendedPlugins }
