import type { Operation, Routes } from './routes.ts'

/** The little that a client needs of a route at run time: method, path and kind of answer. */
export type Endpoint = readonly [method: string, path: string, answer: 'json' | 'bytes' | 'none']

/** Without schemas, so that a client in a page or a command line stays small. */
export function endpointsOf(routes: Routes): Record<Operation, Endpoint> {
  const entries = Object.entries(routes).map(([operation, row]): [string, Endpoint] => [
    operation,
    [row.method, row.path, 'answer' in row ? ('contentType' in row.answer ? 'bytes' : 'json') : 'none'],
  ])
  return Object.fromEntries(entries) as Record<Operation, Endpoint>
}
