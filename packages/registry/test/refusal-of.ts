import type { ApiError } from '@plexica/api'
import { expect } from 'vitest'

/** The error of a call that must not succeed. */
export function refusalOf(call: Promise<unknown>): Promise<ApiError> {
  return call.then(
    () => expect.fail('the call succeeded'),
    (error) => error,
  )
}
