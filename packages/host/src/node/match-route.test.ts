import { expect, test } from 'vitest'
import { type BackendRoute, matchRoute } from './match-route.ts'

const routes: BackendRoute[] = [
  { method: 'GET', path: '/' },
  { method: 'GET', path: '/quotes/:id' },
  { method: 'GET', path: '/quotes/new' },
  { method: 'POST', path: '/quotes' },
  { method: 'DELETE', path: '/quotes/:id/lines/:line' },
]

test.each([
  ['GET', '/', '/', {}],
  ['GET', '/quotes/17', '/quotes/:id', { id: '17' }],
  ['GET', '/quotes/new', '/quotes/new', {}],
  ['GET', '/quotes/a%2Fb%20c', '/quotes/:id', { id: 'a/b c' }],
  ['GET', '/quotes/__proto__', '/quotes/:id', { id: '__proto__' }],
  ['DELETE', '/quotes/1/lines/2', '/quotes/:id/lines/:line', { id: '1', line: '2' }],
])('%s %s is for %s', (method, path, declared, params) => {
  expect(matchRoute(routes, method, path)).toEqual({ route: expect.objectContaining({ path: declared }), params })
})

test.each([
  ['GET', '/quotes', 'backend_method_not_allowed'],
  ['PATCH', '/quotes/17', 'backend_method_not_allowed'],
  ['HEAD', '/quotes/17', 'backend_method_not_allowed'],
  ['GET', '/quotes/', 'backend_route_not_found'],
  ['GET', '/quotes/17/', 'backend_route_not_found'],
  ['GET', '/Quotes/17', 'backend_route_not_found'],
  ['GET', '//quotes/17', 'backend_route_not_found'],
  ['GET', '/quotes/%E0%A4%A', 'backend_route_not_found'],
])('%s %s is for none: %s', (method, path, problem) => {
  expect(matchRoute(routes, method, path)).toEqual({ problem })
})
