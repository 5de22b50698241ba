/** What the marketplace is asked for; it stands in the address, so that a search can be shared and gone back to. */
export interface MarketplaceSearch {
  q?: string
}

export function parseMarketplaceSearch(search: Record<string, unknown>): MarketplaceSearch {
  const { q } = search
  return typeof q === 'string' || typeof q === 'number' ? { q: String(q).slice(0, 200) } : {}
}
