import type { Route } from '@plexica/api'
import type { Finding } from '@plexica/manifest-schema'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { TSchema } from 'typebox'
import { RegistryError } from './registry-error.ts'

const strictForm = new Ajv2020({ allErrors: true, strict: false, useDefaults: true })
const fromText = new Ajv2020({ allErrors: true, strict: false, useDefaults: true, coerceTypes: 'array' })
formats.default(strictForm)
formats.default(fromText)

const compiled = new WeakMap<TSchema, ValidateFunction>()

/** Checks the parts of a request against its route's row; throws `request_invalid` with all findings at once. */
export function validateRequest(
  row: Route,
  parts: { params: unknown; query: unknown; body: unknown },
): { params: unknown; query: unknown; body: unknown } {
  const findings = [
    ...check(fromText, 'path', row.params, parts.params),
    ...check(fromText, 'query', row.query, parts.query),
    ...('body' in row && row.body && !('contentType' in row.body)
      ? check(strictForm, 'body', row.body, parts.body)
      : []),
  ]
  if (findings.length > 0) throw new RegistryError('request_invalid', findings[0]?.message, { findings })
  return parts
}

function check(ajv: Ajv2020, place: string, schema: TSchema | undefined, value: unknown): Finding[] {
  if (!schema) return []
  let validate = compiled.get(schema)
  if (!validate) {
    // TypeBox marks its schemas with properties of its own, which ajv need not see.
    validate = ajv.compile(JSON.parse(JSON.stringify(schema)))
    compiled.set(schema, validate)
  }
  if (validate(value)) return []
  return (validate.errors ?? []).slice(0, 50).map((error) => findingOf(place, error))
}

function findingOf(place: string, error: ErrorObject): Finding {
  const field = [place, ...error.instancePath.split('/').slice(1)].join('.')
  const extra =
    error.keyword === 'additionalProperties' ? ` (${String(error.params.additionalProperty).slice(0, 60)})` : ''
  return {
    code: 'request-field',
    severity: 'error',
    message: `${field} ${error.message ?? 'is not valid'}${extra}.`,
    fix: 'Correct this field; the API reference shows the form.',
    path: field,
  }
}
