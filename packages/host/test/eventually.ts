import { expect } from 'vitest'

/** Expects of an answer that it becomes so; on a busy machine that may take its time. */
export function eventually<Answer>(ask: () => Answer) {
  return expect.poll(ask, { timeout: 20_000 })
}
