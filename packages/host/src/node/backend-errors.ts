/** Every code that running a backend gives: the status of the answer, and what to do about it. */
export const backendErrors = {
  backend_not_found: { status: 404, fix: 'Install and enable the plugin for this tenant, or correct its id.' },
  backend_route_not_found: { status: 404, fix: 'Ask for a route that stands in the manifest under `backend.routes`.' },
  backend_method_not_allowed: { status: 405, fix: 'Use a method that the manifest declares for this path.' },
  backend_hook_not_found: { status: 404, fix: 'Call a hook that stands in the manifest under `backend.hooks`.' },
  backend_forbidden: { status: 403, fix: 'Sign in as somebody who has the permission that the route needs.' },
  backend_request_too_large: { status: 413, fix: 'Send less; files belong into a storage that the backend can name.' },
  backend_request_invalid: { status: 400, fix: 'Send a body that fits its content type.' },
  backend_busy: { status: 503, fix: 'Try again in a moment: the plugin has as many calls as it may have at once.' },
  backend_resting: { status: 503, fix: 'Try again later: the plugin ended several times and is started more slowly.' },
  backend_timeout: { status: 504, fix: 'Report it to the plugin’s author: a call has to end within its limit.' },
  backend_memory: { status: 502, fix: 'Report it to the plugin’s author: it needs more memory than it may have.' },
  backend_crashed: { status: 502, fix: 'Try again; when it stays so, report it to the plugin’s author.' },
  backend_stopped: { status: 503, fix: 'Try again: the plugin was disabled, updated or configured during the call.' },
  backend_threw: { status: 502, fix: 'Report it to the plugin’s author, with the time of the call.' },
  backend_answer_invalid: {
    status: 502,
    fix: 'Report it to the plugin’s author: see “Answers” in docs/running-backends.md.',
  },
  backend_answer_too_large: { status: 502, fix: 'Report it to the plugin’s author: answer in pages.' },
  backend_start_failed: { status: 502, fix: 'Report it to the plugin’s author, or install another version.' },
  backend_start_timeout: { status: 502, fix: 'Report it to the plugin’s author: look for a top-level `await`.' },
  backend_export_missing: { status: 502, fix: 'Report it to the author: manifest and backend do not agree.' },
  backend_module_refused: { status: 502, fix: 'Report it to the author: see which modules of Node a backend may use.' },
  backend_package_invalid: { status: 502, fix: 'Publish the plugin again: its package holds no backend to run.' },
  backend_digest_mismatch: {
    status: 502,
    fix: 'Do not trust this copy: check the registry’s storage and the way here.',
  },
  backend_registry_unreachable: { status: 502, fix: 'Check the registry’s address and the token.' },
  permission_not_granted: { status: 403, fix: 'Grant the permission to the plugin in the tenant’s installation.' },
  permission_not_provided: { status: 501, fix: 'Add the permission to the `api` that the platform gives to backends.' },
  network_not_declared: { status: 403, fix: 'Declare the host under `network` in the manifest.' },
  network_refused: { status: 403, fix: 'A backend reaches hosts of the public internet; ask the platform for others.' },
  network_failed: { status: 502, fix: 'Check that the host answers, and in time.' },
  network_answer_too_large: { status: 502, fix: 'Ask the host for less.' },
} as const satisfies Record<string, { status: number; fix: string }>

export type BackendErrorCode = keyof typeof backendErrors

/** Why a backend, or one call of it, did not work. `message` may quote the plugin: show it to operators only. */
export class BackendError extends Error {
  override readonly name = 'BackendError'
  readonly code: BackendErrorCode
  readonly status: number
  readonly fix: string

  constructor(code: BackendErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options)
    this.code = code
    this.status = backendErrors[code].status
    this.fix = backendErrors[code].fix
  }
}

export function isBackendErrorCode(value: unknown): value is BackendErrorCode {
  return typeof value === 'string' && Object.hasOwn(backendErrors, value)
}
