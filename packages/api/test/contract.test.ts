import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isReservedId } from '@plexica/manifest-schema'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { generatedFiles } from '../scripts/generate.ts'
import { type ErrorCode, errors, openApiDocument, type Route, routePermissions, routes } from '../src/index.ts'

const folder = join(import.meta.dirname, '..')
const rows = Object.entries<Route>(routes)

test.each(Object.entries(generatedFiles()))('%s is what the route rows make of it', (path, content) => {
  // `pnpm generate` writes it anew.
  expect(readFileSync(join(folder, path), 'utf8')).toBe(content)
})

describe('routes', () => {
  test('no two on one method and address, however their parameters are called', () => {
    const addresses = rows.map(
      ([, { method, path }]) => `${method} ${path.replace(/:\w+/g, ':').replace(/\*\w+/g, '*')}`,
    )
    expect(addresses.toSorted()).toEqual([...new Set(addresses)].toSorted())
  })

  test('a fixed address stands before one with a parameter in the same place', () => {
    for (const [at, [operation, later]] of rows.entries()) {
      for (const [earlier, row] of rows.slice(0, at)) {
        const takes = new RegExp(`^${row.path.replace(/\*\w+/g, '.+').replace(/:\w+/g, '[^/]+')}$`)
        const hidden = row.method === later.method && row.path !== later.path && takes.test(later.path)
        expect(hidden, `${earlier} answers for ${operation}`).toBe(false)
      }
    }
  })

  test('no plugin can have an id that stands in an address where ids stand', () => {
    const places = new Set(rows.flatMap(([, { path }]) => /^(.*\/):pluginId(\/|$)/.exec(path)?.[1] ?? []))
    expect(places.size).toBeGreaterThan(1)
    const words = rows.flatMap(([, { path }]) =>
      [...places].flatMap((place) => (path.startsWith(place) ? (path.slice(place.length).split('/')[0] ?? '') : [])),
    )
    const fixed = words.filter((word) => word !== '' && !/^~?:/.test(word))
    expect(fixed).toContain('search')
    expect(fixed.filter((word) => !isReservedId(word))).toEqual([])
  })

  test.each(rows)('%s says what it is', (_operation, row) => {
    expect(Object.keys(routePermissions)).toContain(row.permission)
    expect(row.summary).toMatch(/^[A-Z`].*[^.]$/)
    for (const code of row.errors) expect(Object.keys(errors)).toContain(code)
    expect(new Set(row.errors).size).toBe(row.errors.length)
    expect(row.status === 204).toBe(row.answer === undefined)
    if (row.method === 'GET') expect(row.body).toBeUndefined()
  })

  test.each(rows)('%s takes the parameters of its address, and nothing that is not declared', (_operation, row) => {
    const named = [...row.path.matchAll(/[:*](\w+)/g)].map(([, name]) => name)
    const params = row.params as { properties?: object; required?: string[] } | undefined
    expect(Object.keys(params?.properties ?? {}).toSorted()).toEqual(named.toSorted())
    expect((params?.required ?? []).toSorted()).toEqual(named.toSorted())
    for (const part of [row.params, row.query, row.body]) {
      if (part && !('contentType' in part)) expect(part).toMatchObject({ type: 'object', additionalProperties: false })
    }
  })

  test('every permission is asked for by some route', () => {
    expect([...new Set(rows.map(([, { permission }]) => permission))].toSorted()).toEqual(
      Object.keys(routePermissions).toSorted(),
    )
  })
})

describe('errors', () => {
  test.each(Object.entries(errors))('%s has a sentence and what to do next', (code, { status, sentence, fix }) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(600)
    for (const text of [sentence, fix]) expect(text).toMatch(/^[A-Z`].*\.$/)
    expect(fix).not.toBe(sentence)
  })

  test('every code is one that a route or the kernel gives', () => {
    const given = new Set<ErrorCode>(rows.flatMap(([, row]) => row.errors))
    const kernel = Object.keys(errors).filter((code) => !given.has(code as ErrorCode))
    // Codes that no row names have to stand in the registry's code beside the routes.
    const source = readdirSync(join(folder, '../registry/src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(folder, '../registry/src', name), 'utf8'))
      .join('\n')
    expect(kernel.filter((code) => !source.includes(`'${code}'`))).toEqual([])
  })
})

describe('the OpenAPI document', () => {
  const document = openApiDocument()

  test('is valid by the schema of OpenAPI 3.1', async () => {
    const validator = new Validator()
    const result = await validator.validate(structuredClone({ ...document }))
    expect(result).toMatchObject({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  test('has each route once, with its parameters, its answer and its errors', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    )
    expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(routes).toSorted())
    for (const { path, operationId, responses, parameters } of operations) {
      const row = (routes as Record<string, Route>)[operationId]
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`)
      expect([...path.matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted()).toEqual(inPath.toSorted())
      expect(Object.keys(responses)).toContain(String(row?.status))
      for (const code of row?.errors ?? []) expect(Object.keys(responses)).toContain(String(errors[code].status))
    }
  })

  test('can be written as JSON without losing anything', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document)
  })
})
