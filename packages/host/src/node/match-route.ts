import type { Manifest } from '@plexica/manifest-schema'

export type BackendRoute = NonNullable<NonNullable<Manifest['backend']>['routes']>[number]

export type RouteMatch =
  | { route: BackendRoute; params: Record<string, string> }
  | { problem: 'backend_route_not_found' | 'backend_method_not_allowed' }

/** `GET /quotes/:id`: what a module exports the route as. */
export function routeName({ method, path }: Pick<BackendRoute, 'method' | 'path'>): string {
  return `${method} ${path}`
}

/** The declared route that a request is for; of several, the one whose first differing part is written out. */
export function matchRoute(routes: readonly BackendRoute[], method: string, path: string): RouteMatch {
  const parts = path.split('/')
  const fitting = routes
    .map((route) => ({ route, params: paramsOf(route.path.split('/'), parts) }))
    .filter((found): found is { route: BackendRoute; params: Record<string, string> } => found.params !== undefined)
    .sort((a, b) => compare(a.route.path, b.route.path))
  const best = fitting.find(({ route }) => route.method === method)
  if (best) return best
  return { problem: fitting.length > 0 ? 'backend_method_not_allowed' : 'backend_route_not_found' }
}

function paramsOf(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined
  const params: [string, string][] = []
  for (const [index, expected] of pattern.entries()) {
    const part = decoded(parts[index] as string)
    if (part === undefined) return undefined
    if (!expected.startsWith(':')) {
      if (part !== expected) return undefined
    } else if (part === '') return undefined
    else params.push([expected.slice(1), part])
  }
  return Object.fromEntries(params)
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

/** `/quotes/new` before `/quotes/:id`: a colon counts as later than every letter. */
function compare(a: string, b: string): number {
  const key = (path: string) => path.replaceAll(':', '\uffff')
  return key(a) < key(b) ? -1 : 1
}
