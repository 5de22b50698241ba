import { type Policy, previewPolicy } from './frame-policy.ts'

/** What the pages may load and do; everything else is refused by the browser (CSP Level 3). */
const policy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  // Also keeps what runs in a preview from leaving for another host with what it knows.
  'frame-src': ["'self'"],
  'media-src': ["'none'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
  'manifest-src': ["'self'"],
} as const satisfies Policy

/**
 * What only pages need beside the headers of every answer. Plugins’ pictures come from the addresses that the registry
 * gives for them: its CDN, or its own as it knows it, which may be another than the one in the address bar.
 */
export function pageHeaders(pictureAddresses: readonly string[]): Record<string, string> {
  const origins = new Set(pictureAddresses.map((address) => new URL(address).origin))
  return htmlHeaders({ ...policy, 'img-src': [...policy['img-src'], ...origins] })
}

/** Headers of the files that are pages of their own, by their address. */
export const ownPages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/preview.html': frameHeaders(previewPolicy),
}

/** Headers of a page in which a plugin runs. */
export function frameHeaders(directives: Policy): Record<string, string> {
  return { ...htmlHeaders(directives), 'referrer-policy': 'no-referrer', 'x-dns-prefetch-control': 'off' }
}

function htmlHeaders(directives: Policy): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': Object.entries(directives)
      .map(([name, values]) => `${name} ${values.join(' ')}`)
      .join('; '),
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
  }
}
