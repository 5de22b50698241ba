import type { AnswerOf, Routes } from '@plexica/api'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { registry } from '../registry/client.ts'
import { type MarketplaceSearch, registryQuery } from './marketplace-search.ts'

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
