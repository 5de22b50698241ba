import { useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { MarketplaceSearch } from './marketplace-search.ts'
import { searchPluginsQuery } from './search-plugins.ts'
import { useChangeSearch } from './use-change-search.ts'

/** Milliseconds between two searches at least: a typed letter asks at once, a held key not at each repetition. */
const pause = 50

/**
 * The text in the search field, `asked` what the address was last told of it, and the function that changes it. The
 * address follows what is typed; what is typed follows the address when that changes by other means, e.g. by going back.
 */
export function useTypedSearch(): { text: string; asked: string; type: (text: string) => void } {
  const { q = '', skip: _, ...filters } = useSearch({ from: '/' })
  const queries = useQueryClient()
  const change = useChangeSearch()
  const [text, setText] = useState(q)
  const [asked, setAsked] = useState(q)
  /** Sent to the address and not yet come back from it. */
  const sent = useRef<string[]>([])
  const askedAt = useRef(Number.NEGATIVE_INFINITY)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    const place = sent.current.indexOf(q)
    // What was sent before it never comes: the address went on.
    sent.current = sent.current.slice(place + 1)
    if (place >= 0) return
    clearTimeout(timer.current)
    sent.current = []
    setText((before) => (before.trim() === q ? before : q))
    setAsked(q)
  }, [q])
  useEffect(() => () => clearTimeout(timer.current), [])

  const ask = (next: string) => {
    askedAt.current = performance.now()
    const before = sent.current.at(-1) ?? q
    setAsked(next)
    if (next === before) return
    sent.current.push(next)
    const typed = ({ q: _, ...rest }: MarketplaceSearch) => ({ ...rest, ...(next && { q: next }) })
    // The answer is on its way while the address changes.
    void queries.prefetchQuery(searchPluginsQuery(typed(filters)))
    // Going back leads to what was there before the search, not letter by letter through it.
    change(typed, before !== '')
  }
  const type = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    const wait = askedAt.current + pause - performance.now()
    if (wait > 0) timer.current = setTimeout(ask, wait, next.trim())
    else ask(next.trim())
  }
  return { text, asked, type }
}
