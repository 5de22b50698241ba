import type { ErrorCode } from './errors.ts'
import type { Route } from './route.ts'

/** What the kernel itself can answer, whatever the route; the first of them to whoever sends a key or a token. */
const everywhere: readonly ErrorCode[] = [
  ...(['key_invalid', 'key_expired', 'key_revoked', 'token_invalid', 'token_expired', 'issuer_unavailable'] as const),
  ...(['request_invalid', 'too_many_requests', 'internal', 'storage_unavailable'] as const),
]
const withPermission: readonly ErrorCode[] = ['key_missing', 'not_allowed', 'key_scope']
/** To a browser that is signed in. */
const withChange: readonly ErrorCode[] = ['cross_site_refused', 'storage_full']
const withBody: readonly ErrorCode[] = ['body_too_large', 'body_incomplete', 'media_type_unsupported']

/** Every code with which a route can answer. */
export function errorsOf(row: Route): ErrorCode[] {
  const codes = [
    ...row.errors,
    ...everywhere,
    ...(row.permission === 'public' ? [] : withPermission),
    ...(row.body ? withBody : []),
    ...(row.method === 'GET' ? [] : withChange),
  ]
  return [...new Set(codes)]
}
