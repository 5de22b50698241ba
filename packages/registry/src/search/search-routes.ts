import { searchIndex } from '../db/search-index.ts'
import type { Handler } from '../http/handler.ts'
import { pluginSummary } from '../plugins/plugin-view.ts'
import { viewerOf } from '../plugins/visibility.ts'
import { facetCounts } from './facet-counts.ts'
import { searchQuery } from './search-query.ts'

const searchPlugins: Handler<'searchPlugins'> = async ({ world, query, principal }) => {
  const viewer = viewerOf(principal)
  const wanted = searchQuery(query, world.now(), viewer)
  const { rows, groups } = await searchIndex(world.db, wanted)
  return { plugins: rows.map((row) => pluginSummary(world, row, viewer)), ...facetCounts(groups, wanted) }
}

export const searchHandlers = { searchPlugins }
