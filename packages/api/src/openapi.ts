import type { TSchema } from 'typebox'
import { type ErrorCode, errors, Problem } from './errors.ts'
import { routePermissions } from './permissions.ts'
import type { Route } from './route.ts'
import { routes } from './routes.ts'

type Json = Record<string, unknown>

/** Errors that the kernel itself can answer with on any route. */
const everywhere: readonly ErrorCode[] = ['request_invalid', 'too_many_requests', 'internal']
const withKey: readonly ErrorCode[] = ['key_missing', 'key_invalid', 'key_expired', 'key_revoked', 'not_allowed']

/** The OpenAPI 3.1 document of all routes. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {}
  for (const [operationId, row] of Object.entries<Route>(routes)) {
    const path = row.path.replace(/[:*](\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [row.method.toLowerCase()]: operationOf(operationId, row) }
  }
  const document = {
    openapi: '3.1.0',
    info: { title: 'Plexica registry', version: '1', description: 'Plugins: versions, review, search and tenants.' },
    paths,
    components: {
      schemas: { Problem: plain(Problem) },
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key (`plx_…`)' } },
    },
  }
  return withSharedSchemas(document)
}

/** Moves the `$defs` of every schema to the document's own: a reference is looked up from the document's root. */
function withSharedSchemas<Document extends { components: { schemas: Json } }>(document: Document): Json {
  const shared: Json = {}
  const moved = JSON.parse(JSON.stringify(document), (key, value) => {
    if (key === '$ref' && typeof value === 'string') return value.replace(/^#\/\$defs\//, '#/components/schemas/')
    if (key !== '$defs') return value
    Object.assign(shared, value)
    return undefined
  })
  Object.assign(moved.components.schemas, shared)
  return moved
}

function operationOf(operationId: string, row: Route): Json {
  const codes = [...row.errors, ...everywhere, ...(row.permission === 'public' ? [] : withKey)]
  return {
    operationId,
    summary: row.summary,
    description: `Permission \`${row.permission}\`: ${routePermissions[row.permission]}.`,
    ...(row.permission === 'public' ? {} : { security: [{ key: [] }] }),
    parameters: [...parametersOf('path', row.params), ...parametersOf('query', row.query)],
    ...(row.body ? { requestBody: { required: true, content: contentOf(row.body) } } : {}),
    responses: { [row.status]: answerOf(row), ...problemsOf(codes) },
  }
}

function answerOf(row: Route): Json {
  return row.answer ? { description: 'Done', content: contentOf(row.answer) } : { description: 'Done' }
}

function contentOf(body: TSchema | { contentType: string }): Json {
  return 'contentType' in body && typeof body.contentType === 'string'
    ? { [body.contentType]: { schema: { type: 'string', contentMediaType: body.contentType } } }
    : { 'application/json': { schema: plain(body) } }
}

function parametersOf(place: 'path' | 'query', schema: TSchema | undefined): Json[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: plain(rest),
  }))
}

function problemsOf(codes: readonly ErrorCode[]): Json {
  const byStatus = Map.groupBy(new Set(codes), (code) => errors[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `\`${code}\`: ${errors[code].sentence}`).join(' '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

/** Schemas as plain JSON, without what TypeBox hangs on them for itself. */
function plain(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema))
}
