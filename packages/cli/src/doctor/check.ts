import { failureOfApi } from '../api-failure.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { Failure } from '../failure.ts'

/** What one check came to. `skipped` is for what cannot be known or is not there to be checked. */
export interface Check {
  readonly name: string
  readonly state: 'ok' | 'failed' | 'skipped'
  readonly detail: string
  /** Of a failed one. */
  readonly fix?: string
  readonly exit: ExitCode
}

export const ok = (name: string, detail: string): Check => ({ name, state: 'ok', detail, exit: exitCodes.done })
export const skipped = (name: string, detail: string): Check => ({
  name,
  state: 'skipped',
  detail,
  exit: exitCodes.done,
})
export const failed = (name: string, detail: string, fix: string, exit: ExitCode): Check => ({
  name,
  state: 'failed',
  detail,
  fix,
  exit,
})

/** A check that ended with an error of this program or of the registry. Throws what is neither. */
export function failedBy(name: string, error: unknown): Check {
  const found = error instanceof Failure ? error : failureOfApi(error)
  if (!found) throw error
  return failed(name, found.message, found.fix, found.exit)
}
