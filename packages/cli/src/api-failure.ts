import { ApiError, type ClientErrorCode } from '@plexica/api'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'

/** What a registry's answer means to the shell; undefined when the error is not the registry's. */
export function failureOfApi(error: unknown): Failure | undefined {
  if (!(error instanceof ApiError)) return undefined
  const { code, message, findings } = error
  const fix = fixByCode[code] ?? error.fix
  return new Failure({ code, message, exit: exitOf(code, error.status), fix, findings, cause: error })
}

/** What to do next, where the registry speaks of requests and people type commands. */
const fixByCode: Partial<Record<ClientErrorCode, string>> = {
  submission_claimed: 'Leave it to the reviewer named in the sentence, or `plexica review claim --take-over`.',
}

/** Codes that tell more than their HTTP status does. */
const exitByCode: Partial<Record<ClientErrorCode, ExitCode>> = {
  registry_unreachable: exitCodes.unreachable,
  registry_timeout: exitCodes.unreachable,
  registry_answer_invalid: exitCodes.unreachable,
  too_many_requests: exitCodes.unreachable,
}

/** The exit code for an error of the registry with this code and HTTP status. */
export function exitOf(code: string, status: number): ExitCode {
  const own = exitByCode[code as ClientErrorCode]
  if (own !== undefined) return own
  if (status === 401 || status === 403) return exitCodes.notAllowed
  if (status === 409) return exitCodes.conflict
  return status >= 500 ? exitCodes.unreachable : exitCodes.invalid
}
