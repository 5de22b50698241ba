import type { Route } from '@plexica/api'

/**
 * What a caller may do in a minute, and all of it at once. Generous: a page full of listings, a release of a hundred
 * plugins and an office behind one address fit in, a flood does not.
 */
export const budgets = {
  reads: 1_200,
  writes: 600,
  publishes: 300,
  /** Keys and tokens that are not valid, from one address. */
  guesses: 60,
}
export type Budget = keyof typeof budgets
export type RateLimits = Readonly<Record<Budget, number>>

/** Milliseconds in which a spent budget is whole again. */
export const budgetWindow = 60_000

/** From which budget a call of this route is paid; undefined for those that cost next to nothing or must always answer. */
export function budgetOf(row: Route): Budget | undefined {
  if (row.path.startsWith('/plugins/bundles/') || row.path === '/healthz' || row.path === '/readyz') return undefined
  if (row.method === 'GET') return 'reads'
  return row.body && 'contentType' in row.body ? 'publishes' : 'writes'
}
