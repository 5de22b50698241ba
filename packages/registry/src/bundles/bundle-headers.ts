/** What every browser file says besides what it is. */
const fixedHeaders = {
  'x-content-type-options': 'nosniff',
  vary: 'accept-encoding',
} as const

/** Opened by itself, a file of a plugin may do nothing in the registry's name. */
const closedPolicy = "default-src 'none'; sandbox"
/** A picture of text may have its style in it, and still no script. */
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** Closed: what is not here is bytes. No HTML, so that nothing of a plugin is ever a page of the registry. */
const contentTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  wasm: 'application/wasm',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  ico: 'image/x-icon',
  woff: 'font/woff',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  otf: 'font/otf',
  txt: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  webm: 'video/webm',
}

/** Text, and formats that are text or not compressed inside. */
const compressible = new Set(['js', 'mjs', 'css', 'json', 'wasm', 'svg', 'ttf', 'otf', 'txt', 'md', 'ico'])

/** For how long a public file may be kept, and by whom. */
export const keptByAll = 'public, max-age=31536000, immutable'

export function fileHeaders(path: string, cacheControl: string): Record<string, string> {
  return {
    'cache-control': cacheControl,
    ...fixedHeaders,
    'content-security-policy': extensionOf(path) === 'svg' ? picturePolicy : closedPolicy,
    'content-type': contentTypeOf(path),
  }
}

export function contentTypeOf(path: string): string {
  return contentTypes[extensionOf(path)] ?? 'application/octet-stream'
}

/** Whether encoded forms of this file are made. */
export function isCompressible(path: string): boolean {
  return compressible.has(extensionOf(path))
}

function extensionOf(path: string): string {
  return /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''
}
