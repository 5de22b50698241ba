/** Directive → its values (CSP Level 3). */
export type Policy = Readonly<Record<string, readonly string[]>>

/**
 * The page in which a plugin runs apart from the page around it. It has no origin, so neither a session nor anything of
 * others, and a frame inside of it may go nowhere. No `webrtc 'block'`: browsers do not know it and say so in the console
 * of every page, so the host's `close-ways-out.ts` does that.
 */
const framePolicy = {
  sandbox: ['allow-scripts'],
  'default-src': ["'none'"],
  'script-src': ['blob:'],
  'style-src': ["'unsafe-inline'"],
  'img-src': ['data:', 'blob:'],
  'media-src': ['data:', 'blob:'],
  'font-src': ['data:', 'blob:'],
  'connect-src': ["'none'"],
  'worker-src': ['blob:'],
  'frame-src': ["'none'"],
  'form-action': ["'none'"],
  'base-uri': ["'none'"],
} as const satisfies Policy

/** For the desk, which shows what nobody has approved yet: it reaches nothing at all. */
export const previewPolicy: Policy = {
  ...framePolicy,
  'script-src': ["'self'", ...framePolicy['script-src']],
  'frame-ancestors': ["'self'"],
}

/** What a published version may reach from its frames. */
export interface FrameReach {
  /** Addresses of the page's own scripts. */
  readonly scripts: readonly string[]
  /** Address of the folder that holds the version's files. */
  readonly folder: string
  /** The hosts that its manifest declares. */
  readonly network: readonly string[]
}

/** For platforms' pages, of whatever origin they are: only what the manifest declares can be reached. */
export function publishedPolicy({ scripts, folder, network }: FrameReach): Policy {
  const files = [folder, ...network.flatMap((host) => addressesOf(host, ['https']))]
  return {
    ...framePolicy,
    'script-src': [...scripts, ...framePolicy['script-src']],
    'style-src': [...framePolicy['style-src'], folder],
    'img-src': [...framePolicy['img-src'], ...files],
    'media-src': [...framePolicy['media-src'], ...files],
    'font-src': [...framePolicy['font-src'], ...files],
    // Its own files too: what a script fetches of them goes to the registry alone, where they are everybody's.
    'connect-src': [folder, ...network.flatMap((host) => addressesOf(host, ['https', 'wss']))],
    'frame-ancestors': ['*'],
  }
}

/** A host name stands for itself on the usual port; `localhost`, where people develop, for every server of the machine. */
function addressesOf(host: string, schemes: readonly ('https' | 'wss')[]): string[] {
  if (host !== 'localhost') return schemes.map((scheme) => `${scheme}://${host}`)
  return schemes.flatMap((scheme) => [`${scheme}://localhost:*`, `${scheme.slice(0, -1)}://localhost:*`])
}
