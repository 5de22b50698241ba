import { useCallback, useEffect, useState } from 'react'
import type { PluginApi } from './plexica.ts'
import { everyDay, readSales, type SalesDay } from './sales.ts'
import type { Range } from './settings.ts'

export type SalesState =
  /** `days`: what was shown before, to stay in sight until the answer comes. */
  { status: 'loading'; days: SalesDay[] } | { status: 'ready'; days: SalesDay[] } | { status: 'failed'; reason: string }

export interface Sales {
  state: SalesState
  range: Range
  show(range: Range): void
  retry(): void
}

/** Asks the platform for the sales of a range; an answer that was overtaken by a later question is dropped. */
export function useSales(request: PluginApi['request'], firstRange: Range): Sales {
  // A new object for each question: asking for the same range again is a question too.
  const [question, ask] = useState({ range: firstRange })
  const [state, setState] = useState<SalesState>({ status: 'loading', days: [] })

  useEffect(() => {
    let overtaken = false
    setState((before) => ({ status: 'loading', days: before.status === 'failed' ? [] : before.days }))
    request('orders:read', { days: question.range })
      .then((answer) => everyDay(readSales(answer), question.range))
      .then(
        (days) => {
          if (!overtaken) setState({ status: 'ready', days })
        },
        (error: unknown) => {
          if (!overtaken) setState({ status: 'failed', reason: reasonOf(error) })
        },
      )
    return () => {
      overtaken = true
    }
  }, [request, question])

  return {
    state,
    range: question.range,
    show: useCallback((range) => ask({ range }), []),
    retry: useCallback(() => ask((before) => ({ ...before })), []),
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && error.message ? error.message : 'The platform gave no reason.'
}
