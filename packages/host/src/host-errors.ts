/** Every code that the host gives, and what to do about it. The sentence is made where the details are known. */
export const hostErrors = {
  bundle_invalid: 'The registry lists no usable scripts for this version; publish it again.',
  integrity_unsupported:
    'Use a current browser, and let the Content-Security-Policy admit import maps by nonce and the bundle’s address.',
  integrity_mismatch:
    'Do not trust this copy: check the registry’s storage and whatever stands between it and the page.',
  bundle_unreachable: 'Check that the address can be reached from the page and that its CORS headers admit the page.',
  bundle_timeout: 'Try again; when it stays so, look in the plugin for a top-level `await` that never ends.',
  bundle_threw: 'Report it to the plugin’s author, or install another version.',
  shared_missing: 'Share the package with plugins: shareModules(), shimModules() and importMap() take any.',
  sandbox_unavailable: 'Let the page offer frames, or let the tenant trust the plugin.',
  export_missing: 'Report it to the plugin’s author: manifest and bundle do not agree.',
  render_failed: 'Report it to the plugin’s author, or install another version.',
  render_slow: 'Report it to the plugin’s author; where pages must not wait for it, let it run in a frame.',
  bundle_heavy: 'Report it to the plugin’s author, or install another version.',
  frame_unreachable:
    'Let the page’s Content-Security-Policy admit the registry as `frame-src`, and check that its frame page answers.',
  frame_hangs: 'Report it to the plugin’s author, or install another version.',
  frame_flooded: 'Report it to the plugin’s author: it sends more than a page has to listen to.',
  permission_not_granted: 'Grant the permission to the plugin in the tenant’s installation.',
  permission_not_provided: 'Add the permission to the `api` that the page gives to createHost().',
} as const satisfies Record<string, string>

export type HostErrorCode = keyof typeof hostErrors

/** Why a plugin, or one component of it, does not work in this page, or not as it should. */
export class HostError extends Error {
  override readonly name = 'HostError'
  readonly code: HostErrorCode
  readonly fix: string

  constructor(code: HostErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options)
    this.code = code
    this.fix = hostErrors[code]
  }
}

/** What can be said of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error && thrown.message ? thrown.message : String(thrown)
}

/** Also one that another script of this package has made, with a class of its own. */
export function isHostError(thrown: unknown): thrown is HostError {
  return thrown instanceof Error && thrown.name === 'HostError' && 'code' in thrown && isCode(thrown.code)
}

/** A plugin may throw what looks alike. */
function isCode(code: unknown): code is HostErrorCode {
  return typeof code === 'string' && Object.hasOwn(hostErrors, code)
}
