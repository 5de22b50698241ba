import { useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useChangeSearch } from './use-change-search.ts'

/** Milliseconds after a key for which the next one is waited for: a held key asks once, a typed word at each letter. */
const pause = 40

/**
 * The text in the search field, `asked` what the address was last told of it, and the function that changes it. The
 * address follows what is typed; what is typed follows the address when that changes by other means, e.g. by going back.
 */
export function useTypedSearch(): { text: string; asked: string; type: (text: string) => void } {
  const q = useSearch({ from: '/', select: (search) => search.q ?? '' })
  const change = useChangeSearch()
  const [text, setText] = useState(q)
  const [asked, setAsked] = useState(q)
  /** Sent to the address and not yet come back from it. */
  const sent = useRef<string[]>([])
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
    const before = sent.current.at(-1) ?? q
    setAsked(next)
    if (next === before) return
    sent.current.push(next)
    // Going back leads to what was there before the search, not letter by letter through it.
    change(({ q: _, ...rest }) => ({ ...rest, ...(next && { q: next }) }), before !== '')
  }
  const type = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(ask, pause, next.trim())
  }
  return { text, asked, type }
}
