import type { AnswerOf, Routes } from '@plexica/api'
import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import { registry } from '../registry/client.ts'
import { isFrontPage, type MarketplaceSearch, registryQuery, rowSize } from './marketplace-search.ts'

/** What was found, and what for: it is shown until the next is there. */
export type Found = AnswerOf<Routes['searchPlugins']> & { readonly search: MarketplaceSearch }
export type Facets = Found['facets']

/** One page of the list. What was found before stays until the next is there, and who types on waits for no older one. */
export function searchPluginsQuery(search: MarketplaceSearch) {
  return queryOptions({
    queryKey: ['plugins', 'search', search],
    queryFn: async ({ signal }): Promise<Found> => ({
      ...(await registry.searchPlugins({ query: registryQuery(search), signal })),
      search,
    }),
    placeholderData: keepPreviousData,
  })
}

/** Plugins whose name is being typed. */
export function suggestPluginsQuery(text: string) {
  return queryOptions({
    queryKey: ['plugins', 'suggest', text],
    queryFn: ({ signal }) => registry.suggestPlugins({ query: { q: text, take: 6 }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

export const popularPluginsQuery = queryOptions({
  queryKey: ['plugins', 'popular'],
  queryFn: ({ signal }) => registry.popularPlugins({ query: { take: rowSize }, signal }),
})

export const trendingPluginsQuery = queryOptions({
  queryKey: ['plugins', 'trending'],
  queryFn: ({ signal }) => registry.trendingPlugins({ query: { take: rowSize }, signal }),
})

/** What goes with what a tenant has. */
export function recommendedPluginsQuery(tenantId: string) {
  return queryOptions({
    queryKey: ['plugins', 'recommended', tenantId],
    queryFn: ({ signal }) => registry.recommendedPlugins({ query: { take: rowSize }, signal }),
  })
}

/** Asks for what the marketplace shows before it is there to ask: one journey to the registry less until it is seen. */
export function prefetchMarketplace(queries: QueryClient, search: MarketplaceSearch): void {
  void queries.prefetchQuery(searchPluginsQuery(search))
  if (!isFrontPage(search)) return
  void queries.prefetchQuery(popularPluginsQuery)
  void queries.prefetchQuery(trendingPluginsQuery)
}
