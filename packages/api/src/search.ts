import { Category, PluginId, TenantId } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { PluginStatus, PluginSummary } from './plugins.ts'
import { route } from './route.ts'
import { closed, Paging } from './shapes.ts'

/** A plugin while its name is being typed. */
export const Suggestion = Type.Object({
  id: PluginId,
  name: Type.String(),
  icon: Type.Union([Type.String(), Type.Null()], { description: 'Address of the icon' }),
  category: Category,
})
export type Suggestion = Static<typeof Suggestion>

/** A list that is read from its beginning only. */
const TopPlugins = Type.Object({ plugins: Type.Array(PluginSummary) })

const Count = Type.Object({ value: Type.String(), count: Type.Integer() })

export const searchRoutes = {
  searchPlugins: route({
    method: 'GET',
    path: '/api/plugins/search',
    permission: 'public',
    summary: 'Full-text search over published plugins, with facet counts',
    query: Type.Object(
      {
        ...Paging,
        q: Type.Optional(Type.String({ maxLength: 200, description: 'The last word may be a prefix' })),
        category: Type.Optional(Type.Array(Category, { maxItems: 20 })),
        status: Type.Optional(
          Type.Array(PluginStatus, { maxItems: 5, description: 'Of those that are listed: published, or deprecated' }),
        ),
        minRating: Type.Optional(Type.Number({ minimum: 1, maximum: 5 })),
        priceType: Type.Optional(Type.Enum(['free', 'paid'])),
        sortBy: Type.Optional(Type.Enum(['relevance', 'rating', 'downloads', 'newest'], { default: 'relevance' })),
      },
      closed,
    ),
    status: 200,
    answer: Type.Object({
      plugins: Type.Array(PluginSummary),
      total: Type.Integer(),
      facets: Type.Object({ category: Type.Array(Count), priceType: Type.Array(Count) }),
    }),
    errors: [],
  }),
  suggestPlugins: route({
    method: 'GET',
    path: '/api/plugins/suggest',
    permission: 'public',
    summary: 'Plugins whose id or name is being typed, those with most installs first',
    query: Type.Object(
      {
        q: Type.String({ maxLength: 200, description: 'The last word may be a prefix' }),
        take: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 8 })),
      },
      closed,
    ),
    status: 200,
    answer: Type.Object({ suggestions: Type.Array(Suggestion) }),
    errors: [],
  }),
  popularPlugins: route({
    method: 'GET',
    path: '/api/plugins/popular',
    permission: 'public',
    summary: 'The plugins that most tenants have, of these the best rated first',
    query: Type.Object({ category: Type.Optional(Category), take: Paging.take }, closed),
    status: 200,
    answer: TopPlugins,
    errors: [],
  }),
  trendingPlugins: route({
    method: 'GET',
    path: '/api/plugins/trending',
    permission: 'public',
    summary: 'The plugins that were installed in the last seven days more than they usually are',
    query: Type.Object({ take: Paging.take }, closed),
    status: 200,
    answer: TopPlugins,
    errors: [],
  }),
  recommendedPlugins: route({
    method: 'GET',
    path: '/api/plugins/recommended',
    permission: 'installation:read',
    summary: 'What goes with what the tenant has; super-admins name the tenant',
    query: Type.Object({ tenantId: Type.Optional(TenantId), take: Paging.take }, closed),
    status: 200,
    answer: TopPlugins,
    errors: ['tenant_not_found'],
  }),
}
