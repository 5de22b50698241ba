import { useEffect, useState } from 'react'
import * as v from 'valibot'
import type { PluginApi } from './plexica.ts'
import { QuoteAnswer } from './quote-answer.ts'

export type QuotesState =
  | { status: 'waiting' }
  | { status: 'loading' }
  | { status: 'answered'; answer: Extract<QuoteAnswer, { quotes: unknown }> }
  | { status: 'failed'; reason: string }

/**
 * Asks for quotes whenever the question changes; an answer that was overtaken by a later question is dropped.
 *
 * @param question the request as JSON, so that equal questions are asked once; `undefined` while there is nothing to ask.
 * @param attempt asks the same question again when it changes.
 */
export function useQuotes(request: PluginApi['request'], question: string | undefined, attempt: number): QuotesState {
  const [state, setState] = useState<QuotesState>({ status: 'waiting' })

  // `attempt` is not read, but a new one is a reason to ask again.
  useEffect(() => {
    if (question === undefined) {
      setState({ status: 'waiting' })
      return
    }
    let overtaken = false
    setState({ status: 'loading' })
    request('shipping:quote', JSON.parse(question)).then(
      (answer) => {
        if (!overtaken) setState(stateOf(answer))
      },
      (error: unknown) => {
        if (!overtaken) setState({ status: 'failed', reason: error instanceof Error ? error.message : '' })
      },
    )
    return () => {
      overtaken = true
    }
  }, [request, question, attempt])

  return state
}

/** A form that we do not know counts as failed, so that a new backend never breaks an old page. */
export function stateOf(answer: unknown): QuotesState {
  const read = v.safeParse(QuoteAnswer, answer)
  if (!read.success) return { status: 'failed', reason: 'The answer has an unknown form.' }
  if ('error' in read.output) return { status: 'failed', reason: read.output.error.message }
  return { status: 'answered', answer: read.output }
}
