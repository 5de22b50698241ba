import type { RequestHandler } from 'express'

/**
 * Pages of any origin may ask and may read the answer, refusals too (Fetch standard, CORS): platforms' pages live
 * elsewhere. A key travels in a header that no browser adds by itself, so this opens nothing that the key does not.
 */
export const crossOriginHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'etag, retry-after, x-request-id',
  'cross-origin-resource-policy': 'cross-origin',
  // Sizes and times of what a page loads, so that the host can say of a bundle that it is too large.
  'timing-allow-origin': '*',
} as const

export const openToAllOrigins: RequestHandler = (request, response, next) => {
  response.set(crossOriginHeaders)
  if (request.method !== 'OPTIONS') return next()
  response
    .status(204)
    .set({
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE',
      'access-control-allow-headers': 'authorization, content-type, if-none-match, if-range, last-event-id, range',
      'access-control-max-age': '86400',
    })
    .end()
}
