import type { TSchema } from 'typebox'
import { type ErrorCode, errors, Problem } from './errors.ts'
import { routePermissions } from './permissions.ts'
import { requiredEndpoints } from './required-endpoints.ts'
import type { Route } from './route.ts'
import { errorsOf } from './route-errors.ts'
import { routeGroups } from './routes.ts'

type Json = Record<string, unknown>

/** What this makes of OpenAPI 3.1. */
export interface OpenApiDocument {
  openapi: string
  info: { title: string; version: string; description: string }
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, OpenApiOperation>>
  components: { schemas: Record<string, Json>; securitySchemes: Json }
}

export interface OpenApiOperation {
  operationId: string
  tags: string[]
  summary: string
  description: string
  security?: Json[]
  parameters: { name: string; in: 'path' | 'query'; required: boolean; description?: string; schema: Json }[]
  requestBody?: { required: boolean; content: OpenApiContent }
  responses: Record<string, { description: string; content?: OpenApiContent }>
}

/** Media type → schema. */
export type OpenApiContent = Record<string, { schema: Json }>

/** The OpenAPI 3.1 document of all routes. */
export function openApiDocument(): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {}
  for (const [tag, group] of Object.entries(routeGroups)) {
    for (const [operationId, row] of Object.entries<Route>(group.routes)) {
      const path = row.path.replace(/[:*](\w+)/g, '{$1}')
      paths[path] = { ...paths[path], [row.method.toLowerCase()]: operationOf(tag, operationId, row) }
    }
  }
  const document = {
    openapi: '3.1.0',
    info: { title: 'Plexica registry', version: '1', description: 'Plugins: versions, review, search and tenants.' },
    tags: Object.entries(routeGroups).map(([name, { about }]) => ({ name, description: about })),
    paths,
    components: {
      schemas: { Problem: plain(Problem) },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key (`plx_…`)' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'plexica_session',
          description: 'A browser that has signed in; over https the cookie is `__Host-plexica_session`',
        },
      },
    },
  }
  return withSharedSchemas(document)
}

/** Moves the `$defs` of every schema to the document's own: a reference is looked up from the document's root. */
function withSharedSchemas<Document extends { components: { schemas: Json } }>(document: Document): Document {
  const shared: Record<string, Json> = {}
  const moved = JSON.parse(JSON.stringify(document), (key, value) => {
    if (key === '$ref' && typeof value === 'string') return value.replace(/^#\/\$defs\//, '#/components/schemas/')
    if (key !== '$defs') return value
    Object.assign(shared, value)
    return undefined
  })
  Object.assign(moved.components.schemas, shared)
  return moved
}

function operationOf(tag: string, operationId: string, row: Route): OpenApiOperation {
  return {
    operationId,
    tags: [tag],
    summary: row.summary,
    description: [
      `Permission \`${row.permission}\`: ${routePermissions[row.permission]}.`,
      ...alsoAskedFor(operationId, row),
    ].join(' '),
    ...(row.permission === 'public' ? {} : { security: [{ key: [] }, { session: [] }] }),
    parameters: [...parametersOf('path', row.params), ...parametersOf('query', row.query)],
    ...(row.body ? { requestBody: { required: true, content: contentOf(row.body) } } : {}),
    responses: { [row.status]: answerOf(row), ...problemsOf(errorsOf(row)) },
  }
}

/** The other names under which somebody may look for a route. */
function alsoAskedFor(operationId: string, { method, path }: Route): string[] {
  const names = Object.entries(requiredEndpoints).flatMap(([name, operation]) =>
    operation === operationId && canonical(name) !== canonical(`${method} ${path}`) ? [`\`${name}\``] : [],
  )
  return names.length === 0 ? [] : [`Asked for as ${names.join(', ')}.`]
}

function canonical(name: string): string {
  return name.replace(/:\w+/g, ':')
}

function answerOf(row: Route): OpenApiOperation['responses'][string] {
  return row.answer ? { description: 'Done', content: contentOf(row.answer) } : { description: 'Done' }
}

function contentOf(body: TSchema | { contentType: string }): OpenApiContent {
  return 'contentType' in body && typeof body.contentType === 'string'
    ? { [body.contentType]: { schema: { type: 'string', contentMediaType: body.contentType } } }
    : { 'application/json': { schema: plain(body) } }
}

function parametersOf(place: 'path' | 'query', schema: TSchema | undefined): OpenApiOperation['parameters'] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(typeof description === 'string' ? { description } : {}),
    schema: plain(rest),
  }))
}

function problemsOf(codes: readonly ErrorCode[]): OpenApiOperation['responses'] {
  const byStatus = Map.groupBy(codes, (code) => errors[code].status)
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
function plain(schema: unknown): Json {
  return JSON.parse(JSON.stringify(schema))
}
