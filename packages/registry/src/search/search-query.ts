import type { QueryOf, Routes } from '@plexica/api'
import type { SearchQuery } from '../db/search-index.ts'
import { wordsOf } from '../db/search-words.ts'
import { type Viewer, visibleTo } from '../plugins/visibility.ts'

/** More words make no search better. */
const mostWords = 8

/** What a request asks for, and for whom. A text without letters and digits asks for nothing in particular. */
export function searchQuery(
  query: QueryOf<Routes['searchPlugins']>,
  now: Date,
  viewer: Viewer = { kind: 'anybody' },
): SearchQuery {
  return {
    words: wordsOf(query.q ?? '').slice(0, mostWords),
    categories: query.category ?? [],
    statuses: query.status ?? [],
    minRating: query.minRating,
    priceType: query.priceType,
    sortBy: query.sortBy ?? 'relevance',
    skip: query.skip ?? 0,
    take: query.take ?? 20,
    now: now.toISOString(),
    visible: visibleTo(viewer),
  }
}
