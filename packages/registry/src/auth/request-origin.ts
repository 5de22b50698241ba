import type { IncomingHttpHeaders } from 'node:http'
import { RegistryError } from '../http/registry-error.ts'

/** A request as far as it matters where it comes from. */
export interface BrowserRequest {
  readonly method: string
  readonly headers: IncomingHttpHeaders
}

/** Where a request comes from, as the browser says: what a page says itself is never heard. */
type RequestOrigin = 'own-page' | 'address-bar' | 'other-site' | 'unsaid'

/** Fetch Metadata (W3C) where the browser sends it, else the `Origin` of the Fetch standard. */
export function originOf(headers: IncomingHttpHeaders, publicUrl: string): RequestOrigin {
  const site = headers['sec-fetch-site']
  if (site === 'same-origin') return 'own-page'
  if (site === 'none') return 'address-bar'
  if (site !== undefined) return 'other-site'
  if (headers.origin === undefined) return 'unsaid'
  const host = URL.parse(headers.origin)?.host
  // A proxy may have put its own name into `Host`.
  return host !== undefined && (host === URL.parse(publicUrl)?.host || host === headers.host)
    ? 'own-page'
    : 'other-site'
}

/** Throws `cross_site_refused` for a change that a browser does not say is from a page of the registry's own. */
export function requireOwnPage(headers: IncomingHttpHeaders, publicUrl: string): void {
  if (originOf(headers, publicUrl) !== 'own-page') throw new RegistryError('cross_site_refused')
}

/** Whether a request only looks. */
export function isLook({ method }: BrowserRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}
