import { ApiError, createClient } from '@plexica/api/client'

export { ApiError }

/** The registry that serves these pages. Who is signed in travels in a cookie that no script can read. */
export const registry = createClient({ url: window.location.origin })

/** Whether the registry no longer knows who is calling: the session is over, or its key was revoked. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}
