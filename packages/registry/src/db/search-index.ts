import type { Category } from '@plexica/manifest-schema'
import type { PluginRow } from './tables.ts'

/** A search, parsed. */
export interface SearchQuery {
  /** Folded words; the last one may be a prefix. None means every published plugin. */
  words: string[]
  categories: Category[]
  minRating: number | undefined
  priceType: 'free' | 'paid' | undefined
  sortBy: 'relevance' | 'rating' | 'downloads' | 'newest'
  skip: number
  take: number
  /** The time against which a plugin is new: ISO 8601. */
  now: string
}

/** How many plugins with the words and the rating there are of each category and price, whatever those filters say. */
export interface SearchGroup {
  category: string
  priceType: string
  count: number
}

export interface SearchResult {
  /** One page, with every filter. */
  rows: PluginRow[]
  groups: SearchGroup[]
}

// The full-text index is the one thing that the engines do in their own way.
export { indexPlugin, removeFromIndex, searchIndex } from './sqlite/sqlite-search.ts'
