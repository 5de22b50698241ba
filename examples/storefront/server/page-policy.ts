/**
 * The Content-Security-Policy of a page that embeds plugins, for bundles that come from the registry's own address.
 *
 * - `script-src`: the nonce admits the import maps, the page's and those that the host adds; scripts come from here and
 *   from the registry.
 * - `connect-src`: the host asks the registry and follows its events.
 * - `frame-src`: plugins in a sandbox run in a frame that the registry serves.
 * - `style-src`: plugins and the editor bring their styles as elements, which no nonce can know.
 */
export function pagePolicy(nonce: string, registry: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'self' ${registry}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: ${registry}`,
    "font-src 'self' data:",
    `connect-src 'self' ${registry}`,
    `frame-src 'self' ${registry}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
