import type { SearchGroup, SearchQuery } from '../db/search-index.ts'

export interface FacetCount {
  value: string
  count: number
}

/**
 * How many match in all, and how many by facet, the most first. A facet's counts ignore its own filter, so that a person
 * sees what else could be chosen.
 */
export function facetCounts(
  groups: readonly SearchGroup[],
  { categories, priceType }: Pick<SearchQuery, 'categories' | 'priceType'>,
): { total: number; facets: { category: FacetCount[]; priceType: FacetCount[] } } {
  const wanted = new Set<string>(categories)
  const inCategory = groups.filter((group) => wanted.size === 0 || wanted.has(group.category))
  const atPrice = (group: SearchGroup) => priceType === undefined || group.priceType === priceType
  return {
    total: inCategory.filter(atPrice).reduce((sum, { count }) => sum + count, 0),
    facets: {
      category: countBy(groups.filter(atPrice), 'category'),
      priceType: countBy(inCategory, 'priceType'),
    },
  }
}

function countBy(groups: readonly SearchGroup[], key: 'category' | 'priceType'): FacetCount[] {
  const counts = new Map<string, number>()
  for (const group of groups) counts.set(group[key], (counts.get(group[key]) ?? 0) + group.count)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}
