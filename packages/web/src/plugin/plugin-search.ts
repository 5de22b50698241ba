import type { RatingSort, RatingStars } from '../ratings/rating-queries.ts'

export const pluginTabs = ['overview', 'versions', 'reviews', 'permissions'] as const
export type PluginTab = (typeof pluginTabs)[number]

const sorts: readonly RatingSort[] = ['newest', 'helpful', 'rating']
const allStars: readonly RatingStars[] = [1, 2, 3, 4, 5]

/** Which part of a plugin's page is looked at; what is not said is as it is at first. */
export interface PluginSearch {
  tab?: PluginTab
  /** Where the list of the tab begins. */
  skip?: number
  /** Order of the reviews. */
  sort?: RatingSort
  /** Only reviews with so many. */
  stars?: RatingStars
}

export function parsePluginSearch({ tab, skip, sort, stars }: Record<string, unknown>): PluginSearch {
  return {
    ...oneOf('tab', pluginTabs, tab),
    ...(Number.isSafeInteger(skip) && Number(skip) > 0 ? { skip: Number(skip) } : {}),
    ...oneOf('sort', sorts, sort),
    ...oneOf('stars', allStars, stars),
  }
}

function oneOf<Key extends string, Value>(key: Key, values: readonly Value[], given: unknown): { [K in Key]?: Value } {
  const value = values.find((one) => one === given)
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value }
}
