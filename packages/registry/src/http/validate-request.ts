import type { Route } from '@plexica/api'
import type { Finding } from '@plexica/manifest-schema'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { TSchema } from 'typebox'
import { RegistryError } from './registry-error.ts'
import { requestFinding } from './request-finding.ts'

interface Form {
  readonly ajv: Ajv2020
  readonly compiled: WeakMap<TSchema, ValidateFunction>
}

/** JSON has types; an address is text, and a list of one looks like no list. */
const json = formOf(new Ajv2020({ ...ajvOptions(), coerceTypes: false }))
const text = formOf(new Ajv2020({ ...ajvOptions(), coerceTypes: 'array' }))

/** More findings help nobody, and a body of 256 KB can have a great many. */
const mostFindings = 50

/** Checks the parts of a request against its route's row; throws `request_invalid` with all findings at once. */
export function validateRequest(
  row: Route,
  parts: { params: unknown; query: unknown; body: unknown },
): { params: unknown; query: unknown; body: unknown } {
  const findings = [
    ...check(text, 'path', row.params, parts.params),
    ...check(text, 'query', row.query, parts.query),
    ...(row.body && !('contentType' in row.body) ? check(json, 'body', row.body, parts.body) : []),
  ]
  if (findings.length > 0) throw new RegistryError('request_invalid', findings[0]?.message, { findings })
  return parts
}

function ajvOptions() {
  // Our schemas are of our making, and the tests see that OpenAPI takes them: ajv need not check each by a schema of schemas.
  const trusted = { validateSchema: false, meta: false } as const
  return { allErrors: true, strict: false, useDefaults: true, verbose: true, ...trusted } as const
}

function formOf(ajv: Ajv2020): Form {
  formats.default(ajv)
  return { ajv, compiled: new WeakMap() }
}

function check({ ajv, compiled }: Form, place: string, schema: TSchema | undefined, value: unknown): Finding[] {
  if (!schema) return []
  if (value === undefined) return [requestFinding(place, `The ${place} is missing.`, 'Send an object in JSON.')]
  let validate = compiled.get(schema)
  if (!validate) {
    // TypeBox marks its schemas with properties of its own, which ajv need not see.
    validate = ajv.compile(JSON.parse(JSON.stringify(schema)))
    compiled.set(schema, validate)
  }
  if (validate(value)) return []
  return (validate.errors ?? []).slice(0, mostFindings).map((error) => findingOf(place, error))
}

function findingOf(place: string, error: ErrorObject): Finding {
  const field = [place, ...error.instancePath.split('/').slice(1).map(readable)].join('.')
  const { description } = (error.parentSchema ?? {}) as { description?: string }
  if (error.keyword === 'additionalProperties') {
    const name = readable(String(error.params.additionalProperty))
    const rest = description ?? 'the API reference lists the fields'
    return requestFinding(field, `${field} has no field ${name}.`, `Leave it out; ${rest}.`)
  }
  return requestFinding(
    field,
    `${field} ${wordsFor(error)}.`,
    description ? `Correct it: ${description}.` : 'Correct it; the API reference shows the form.',
  )
}

function wordsFor({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'enum') return `must be one of ${params.allowedValues.join(', ')}`
  if (keyword === 'required') return `needs the field ${params.missingProperty}`
  if (keyword === 'pattern' && params.pattern === '\\S') return 'must not be blank'
  return message ?? 'is not valid'
}

/** What a stranger named, short enough to be read, and without what would move a terminal's cursor. */
function readable(name: string): string {
  const clean = name.replace(/\p{C}/gu, '?')
  return clean.length > 60 ? `${clean.slice(0, 60)}…` : clean
}
