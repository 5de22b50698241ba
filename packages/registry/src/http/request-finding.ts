import type { Finding } from '@plexica/manifest-schema'

/** One thing that is wrong with a request. `path` names the place: `query.take`, `body.reason`. */
export function requestFinding(path: string, message: string, fix: string): Finding {
  return { code: 'request-field', severity: 'error', message, fix, path }
}
