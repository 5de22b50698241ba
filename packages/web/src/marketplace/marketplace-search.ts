import type { QueryOf, Routes } from '@plexica/api'
import { type Category, categories } from '@plexica/manifest-schema'

export const sortOrders = ['relevance', 'rating', 'downloads', 'newest'] as const
export type SortOrder = (typeof sortOrders)[number]
export const priceTypes = ['free', 'paid'] as const
export type PriceType = (typeof priceTypes)[number]

/** What the marketplace is asked for; it stands in the address, so that a search can be shared and gone back to. */
export interface MarketplaceSearch {
  q?: string
  category?: Category[]
  /** 1 to 5 */
  minRating?: number
  priceType?: PriceType
  /** Without plugins that their owners advise against. */
  current?: true
  sortBy?: SortOrder
  skip?: number
}

/** Plugins on a page of the list. */
export const pageSize = 24
/** Plugins in a row of the front page: more are a long way off on a phone. */
export const rowSize = 6
/** The registry looks no further. */
const mostSkipped = 1_000_000

/** An address may be mistyped or old: what cannot be asked for is left out. */
export function parseMarketplaceSearch(search: Record<string, unknown>): MarketplaceSearch {
  const { q, category, minRating, priceType, current, sortBy, skip } = search
  const text = typeof q === 'string' || typeof q === 'number' ? String(q).slice(0, 200).trim() : ''
  const wanted = new Set([category].flat())
  const chosen = categories.filter((one) => wanted.has(one))
  const price = priceTypes.find((type) => type === priceType)
  const order = sortOrders.find((one) => one === sortBy)
  return {
    ...(text && { q: text }),
    ...(chosen.length > 0 && { category: chosen }),
    ...(isWithin(minRating, 1, 5) && { minRating }),
    ...(price && { priceType: price }),
    ...(current === true && { current }),
    ...(order && order !== 'relevance' && { sortBy: order }),
    ...(isWithin(skip, 1, mostSkipped) && { skip: skip - (skip % pageSize) }),
  }
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}

/** The same as the registry is asked for it. */
export function registryQuery({ current, ...search }: MarketplaceSearch): QueryOf<Routes['searchPlugins']> {
  return { ...search, ...(current && { status: ['PUBLISHED'] as const }), take: pageSize }
}

/** What narrows the list down, beside the words. */
export function filtersOf({ category, minRating, priceType, current }: MarketplaceSearch) {
  return [
    ...(category ?? []).map((value) => ({ kind: 'category', value }) as const),
    ...(minRating ? [{ kind: 'minRating', value: minRating } as const] : []),
    ...(priceType ? [{ kind: 'priceType', value: priceType } as const] : []),
    ...(current ? [{ kind: 'current', value: current } as const] : []),
  ]
}
export type Filter = ReturnType<typeof filtersOf>[number]

/** The search without one of its filters, from its first page. */
export function withoutFilter(search: MarketplaceSearch, { kind, value }: Filter): MarketplaceSearch {
  const { [kind]: _, skip: __, ...rest } = search
  const others = search.category?.filter((one) => one !== value) ?? []
  return kind === 'category' && others.length > 0 ? { ...rest, category: others } : rest
}

/** The search without any filter, from its first page. */
export function withoutFilters({ q, sortBy }: MarketplaceSearch): MarketplaceSearch {
  return { ...(q && { q }), ...(sortBy && { sortBy }) }
}

/** Whether nothing in particular is looked for: then there is something to look at besides the list. */
export function isFrontPage(search: MarketplaceSearch): boolean {
  return Object.keys(search).length === 0
}
