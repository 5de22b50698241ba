import type { Category, Manifest } from '@plexica/manifest-schema'
import { engineOf } from './engine-of.ts'
import type { Db, PluginRow, Trx } from './tables.ts'
import { addBeginnings, removeBeginnings } from './word-beginnings.ts'

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

/** Adds a plugin's listing to the full-text index, and its id and name to what is suggested. */
export async function indexPlugin(trx: Trx, manifest: Manifest): Promise<void> {
  await engineOf(trx).indexPlugin(trx, manifest)
  const plugin = await trx
    .selectFrom('plugins')
    .select(['number', 'id', 'name', 'install_count'])
    .where('id', '=', manifest.id)
    .executeTakeFirstOrThrow()
  await addBeginnings(trx, plugin)
}

export async function removeFromIndex(trx: Trx, pluginId: string): Promise<void> {
  await engineOf(trx).removeFromIndex(trx, pluginId)
  await removeBeginnings(trx, pluginId)
}

/** Published plugins that match. When nothing has the words, words that look like the unknown ones stand in for them. */
export async function searchIndex(db: Db, query: SearchQuery): Promise<SearchResult> {
  return engineOf(db).searchIndex(db, query)
}
