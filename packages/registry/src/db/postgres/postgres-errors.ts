import type { DatabaseError } from 'pg'
import { DatabaseUnavailable } from '../database-unavailable.ts'

/**
 * SQLSTATEs and their classes after which the same statement may well succeed: lost connection (08), refused or ended by
 * an operator (57), no room for another connection (53300), deadlock and its kin (40), lock not given (55P03), ended for
 * idling (25P03), and a server that takes no writes while another takes over (25006).
 */
const passing = /^(08|57|53300|40|55P03|25P03|25006)/

/** The error as the rest of the program knows it; one of the statement itself stays what it is. */
export function asUnavailable(error: unknown): unknown {
  if (isServersAnswer(error) && !passing.test(error.code ?? '')) return error
  return new DatabaseUnavailable(wordsOf(error), { cause: error })
}

/** Told by its fields rather than its class, so that the driver is loaded only where there is a PostgreSQL. */
export function isServersAnswer(error: unknown): error is DatabaseError {
  return error instanceof Error && 'severity' in error && 'code' in error
}

/** A host with several addresses fails with one error for each, and no words of its own. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(wordsOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}
