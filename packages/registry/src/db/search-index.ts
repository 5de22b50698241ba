import type { Category } from '@plexica/manifest-schema'
import type { PluginRow } from './tables.ts'

/** A search, parsed. */
export interface SearchQuery {
  /** Words in lower case; the last one may be a prefix. None means everything. */
  words: string[]
  categories: Category[]
  minRating: number | undefined
  priceType: 'free' | 'paid' | undefined
  sortBy: 'relevance' | 'rating' | 'downloads' | 'newest'
  skip: number
  take: number
}

export interface FacetCount {
  value: string
  count: number
}

export interface SearchResult {
  rows: PluginRow[]
  total: number
  facets: { category: FacetCount[]; priceType: FacetCount[] }
}

// The full-text index is the one thing that the engines do in their own way.
export { indexPlugin, removeFromIndex, searchIndex } from './sqlite/sqlite-search.ts'
