import { searchIndex } from '../db/search-index.ts'
import type { Handler } from '../http/handler.ts'
import { pluginSummary } from '../plugins/plugin-view.ts'
import { wordsOf } from './search-query.ts'

const searchPlugins: Handler<'searchPlugins'> = async ({ world, query }) => {
  const { rows, total, facets } = await searchIndex(world.db, {
    words: wordsOf(query.q ?? ''),
    categories: query.category ?? [],
    minRating: query.minRating,
    priceType: query.priceType,
    sortBy: query.sortBy ?? 'relevance',
    skip: query.skip ?? 0,
    take: query.take ?? 20,
  })
  return { plugins: rows.map((row) => pluginSummary(world, row)), total, facets }
}

export const searchHandlers = { searchPlugins }
