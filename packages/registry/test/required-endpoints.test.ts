import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Operation, requiredEndpoints, routes } from '@plexica/api'
import { expect, test } from 'vitest'

/** All tests that speak to a registry, and what they share. */
const tests = [import.meta.dirname, join(import.meta.dirname, '../../cli/test')]
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
  .filter((path) => path.endsWith('.ts') && path !== import.meta.filename)
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n')

/** Whether a test calls the client's method, or writes the path, as those do that look at headers and bytes. */
function isCalled(operation: Operation): boolean {
  if (tests.includes(`.${operation}(`)) return true
  const pattern = routes[operation].path
    .split('/')
    .map((step) => (/[:*]/.test(step) ? '[^/\\s]+' : step.replaceAll('.', '\\.')))
    .join('/')
  return new RegExp(`${pattern}(?![\\w/-])`).test(tests)
}

test.each(Object.entries(requiredEndpoints))('%s has a route, and tests that call it', (_, operation) => {
  expect(routes).toHaveProperty(operation)
  expect(isCalled(operation)).toBe(true)
})

test('every other route is called by a test, too', () => {
  expect((Object.keys(routes) as Operation[]).filter((operation) => !isCalled(operation))).toEqual([])
})
