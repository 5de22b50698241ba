import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'

export const mostOfOne = 20

export interface Basket {
  /** Article id → how many. */
  readonly quantities: Readonly<Record<string, number>>
  add(article: string): void
  set(article: string, quantity: number): void
}

/** In the editor nobody buys anything. */
const BasketContext = createContext<Basket>({ quantities: {}, add() {}, set() {} })

export function useBasket(): Basket {
  return useContext(BasketContext)
}

/** Keeps the basket for as long as the page is open. */
export function BasketProvider({ children }: { children: ReactNode }) {
  const [quantities, setQuantities] = useState<Record<string, number>>({ blanket: 1, mugs: 1 })
  const basket = useMemo<Basket>(() => {
    const change = (article: string, next: (before: number) => number) =>
      setQuantities((before) => {
        const quantity = Math.min(mostOfOne, Math.max(0, Math.trunc(next(before[article] ?? 0)) || 0))
        return { ...before, [article]: quantity }
      })
    return {
      quantities,
      add: (article) => change(article, (before) => before + 1),
      set: (article, quantity) => change(article, () => quantity),
    }
  }, [quantities])
  return <BasketContext.Provider value={basket}>{children}</BasketContext.Provider>
}
