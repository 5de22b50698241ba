import { type Encoding, encodings } from '../blobs/blob-keys.ts'
import { qualityValues } from './quality-values.ts'

/** What a client has said it takes is said again and again in the same words. */
const known = new Map<string, Encoding | 'identity'>()
const mostKnown = 200

/** The best encoding that an `Accept-Encoding` header allows (RFC 9110 section 12.5.3). */
export function preferredEncoding(header: string | undefined): Encoding | 'identity' {
  if (header === undefined) return 'identity'
  const before = known.get(header)
  if (before) return before
  const weights = qualityValues(header)
  const takes = (name: string) => (weights.get(name) ?? weights.get('*') ?? 0) > 0
  const best = encodings.find(takes) ?? 'identity'
  if (known.size < mostKnown) known.set(header, best)
  return best
}
