import { useNavigate } from '@tanstack/react-router'
import type { MarketplaceSearch } from './marketplace-search.ts'

/**
 * Changes what is looked for, always from the first page of the list on unless it says another. The page stays where it
 * is scrolled to. `replace` leaves nothing to go back to.
 */
export function useChangeSearch() {
  const navigate = useNavigate({ from: '/' })
  return (change: (before: MarketplaceSearch) => MarketplaceSearch, replace = false) =>
    void navigate({
      search: ({ skip: _, ...before }: MarketplaceSearch) => change(before),
      resetScroll: false,
      replace,
    })
}
