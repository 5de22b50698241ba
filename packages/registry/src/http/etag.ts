/** Whether an `If-None-Match` header names this entity tag (RFC 9110 section 13.1.2: compared without `W/`). */
export function etagMatches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header === etag || header === '*') return true
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}
