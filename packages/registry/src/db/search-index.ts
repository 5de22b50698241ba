import type { PluginStatus } from '@plexica/api'
import type { Category, Manifest } from '@plexica/manifest-schema'
import type { RawBuilder, SqlBool } from 'kysely'
import { engineOf } from './engine-of.ts'
import type { Db, PluginRow, Trx } from './tables.ts'
import { addBeginnings, removeBeginnings } from './word-beginnings.ts'

/** Whether a table belongs to the full-text index of either engine, which is made from the listings. */
export function isSearchTable(name: string): boolean {
  return /^(plugin_search|search_)/.test(name)
}

/** A search, parsed. */
export interface SearchQuery {
  /** Folded words; the last one may be a prefix. None means every published plugin. */
  words: string[]
  categories: Category[]
  /** Of what is listed; none means all. */
  statuses: PluginStatus[]
  minRating: number | undefined
  priceType: 'free' | 'paid' | undefined
  sortBy: 'relevance' | 'rating' | 'downloads' | 'newest'
  skip: number
  take: number
  /** The time against which a plugin is new: ISO 8601. */
  now: string
  /** Of `plugins`: what whoever asks may see. */
  visible: RawBuilder<SqlBool>
}

/** How many plugins with the words, the rating and the status there are of each category and price, whatever those filters say. */
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

/**
 * Adds a plugin's listing to the full-text index, and its id and name to what is suggested. Only from public ones are
 * words learned: what stands in for a mistyped word shows that some plugin has it.
 */
export async function indexPlugin(trx: Trx, manifest: Manifest, about: { isPublic: boolean }): Promise<void> {
  await engineOf(trx).indexPlugin(trx, manifest, about)
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
