import { parseListSearch } from '../app/list-search.ts'

export const manageTabs = ['versions', 'analytics', 'owners', 'settings'] as const
export type ManageTab = (typeof manageTabs)[number]

export const ranges = [30, 90, 365] as const
export type Range = (typeof ranges)[number]

/** Which part of a plugin is looked at, from where in its versions, and how many days of its analytics. */
export interface ManageSearch {
  tab?: ManageTab
  skip?: number
  days?: Range
}

export function parseManageSearch({ tab, skip, days }: Record<string, unknown>): ManageSearch {
  const knownTab = manageTabs.find((one) => one === tab)
  const knownRange = ranges.find((one) => one === days)
  return {
    ...(knownTab && knownTab !== 'versions' ? { tab: knownTab } : {}),
    ...parseListSearch({ skip }),
    ...(knownRange && knownRange !== 30 ? { days: knownRange } : {}),
  }
}
