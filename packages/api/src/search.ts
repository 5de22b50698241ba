import { Category } from '@plexica/manifest-schema'
import Type from 'typebox'
import { PluginSummary } from './plugins.ts'
import { route } from './route.ts'
import { closed, Paging } from './shapes.ts'

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
}
