import {
  type ConfigProperty,
  type ConfigSchema,
  type Finding,
  type FormatName,
  findingsOf,
  formats,
  limits,
  type RuleTable,
} from '@plexica/manifest-schema'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'

export const configurationRules = {
  'configuration-unknown': {
    severity: 'error',
    summary: 'A value that the plugin’s configSchema does not name.',
    fix: 'Remove it, or check how it is spelled.',
  },
  'configuration-missing': {
    severity: 'error',
    summary: 'A required value that was not given and has no default.',
    fix: 'Give it a value.',
  },
  'configuration-value': {
    severity: 'error',
    summary: 'A value that is not of the form that the plugin’s configSchema asks for.',
    fix: 'Correct the value.',
  },
} as const satisfies RuleTable

const finding = findingsOf(configurationRules)

/** A tenant's configuration that fits the plugin's schema. */
export interface Configuration {
  /** With defaults filled in and secrets taken out. */
  readonly plain: Readonly<Record<string, unknown>>
  /** Values marked `secret: true`: dotted name → value. Must be sealed before it is kept anywhere. */
  readonly secrets: ReadonlyMap<string, string>
}

/**
 * Checks what a tenant's admin filled in. All problems come at once, and no message holds a value, because any value
 * may be a secret typed into the wrong field. Secrets that are `kept` from before need not be given.
 */
export function readConfiguration(
  schema: ConfigSchema | undefined,
  given: Readonly<Record<string, unknown>>,
  kept: ReadonlySet<string> = new Set(),
): { configuration?: Configuration; findings: Finding[] } {
  const closed = closedSchema(schema ?? { type: 'object' }, kept)
  const values = bareCopy(closed, given)
  // A validator of its own for each check: ajv would keep every schema that it ever compiled. The schema was checked
  // when it was published; looking at it again would take ten times as long as all the rest.
  const ajv = new Ajv2020({ allErrors: true, strict: false, useDefaults: true, validateSchema: false, meta: false })
  for (const [name, { fits }] of Object.entries(formats)) ajv.addFormat(name, fits)
  const validate = ajv.compile(closed)
  if (!validate(values)) return { findings: (validate.errors ?? []).slice(0, limits.findings.max).map(findingOf) }
  const secrets = new Map<string, string>()
  return { configuration: { plain: takeSecrets(closed, values, '', secrets), secrets }, findings: [] }
}

export type Values = Record<string, unknown>

/** Objects take no key that they do not name and lists only texts, whether or not the plugin's author says so. */
function closedSchema<Schema extends ConfigSchema | ConfigProperty>(
  schema: Schema,
  kept: ReadonlySet<string>,
  prefix = '',
): Schema {
  if (schema.type === 'array') return { ...schema, items: { ...schema.items, type: 'string' } }
  if (schema.type !== 'object') return schema
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    closedSchema(property, kept, `${prefix}${name}.`),
  ])
  const required = schema.required?.filter((name) => !kept.has(prefix + name)) ?? []
  return { ...schema, required, properties: Object.fromEntries(properties), additionalProperties: false }
}

/** A copy for ajv to put defaults into, without a prototype: a setting may have the name `constructor`. */
function bareCopy(schema: ConfigSchema | ConfigProperty, given: Readonly<Values>): Values {
  const values: Values = Object.assign(Object.create(null), given)
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const value = values[name]
    if (property.type === 'object' && isValues(value)) values[name] = bareCopy(property, value)
  }
  return values
}

/** Whether a value is an object of values, and no list. */
export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function takeSecrets(
  schema: ConfigSchema | ConfigProperty,
  values: Values,
  prefix: string,
  secrets: Map<string, string>,
): Values {
  const plain: Values = {}
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const value = values[name]
    if (value === undefined) continue
    if (property.secret) secrets.set(`${prefix}${name}`, String(value))
    else plain[name] = isValues(value) ? takeSecrets(property, value, `${prefix}${name}.`, secrets) : value
  }
  return plain
}

function findingOf(error: ErrorObject): Finding {
  const place = ['configuration', ...error.instancePath.split('/').slice(1).map(unescapePointer)]
  if (error.keyword === 'additionalProperties') {
    const path = [...place, String(error.params.additionalProperty)].join('.').slice(0, 200)
    return finding('configuration-unknown', `${path} is not a setting of this plugin.`, { path })
  }
  if (error.keyword === 'required') {
    const path = [...place, String(error.params.missingProperty)].join('.')
    return finding('configuration-missing', `${path} is missing.`, { path })
  }
  const path = place.join('.')
  return finding('configuration-value', `${path} ${wordsOf[error.keyword]?.(error.params) ?? 'does not fit'}.`, {
    path,
  })
}

/** What is asked for, in words. Only keywords that a configuration may use stand here. */
const wordsOf: Readonly<Record<string, (params: ErrorObject['params']) => string>> = {
  type: ({ type }) => `must be of the type ${type}`,
  enum: ({ allowedValues }) => `must be one of ${allowedValues.join(', ')}`,
  format: ({ format }) => `must be ${formats[format as FormatName].words}`,
  pattern: ({ pattern }) => `must match ${pattern}`,
  minLength: ({ limit }) => `must have at least ${limit} characters`,
  maxLength: ({ limit }) => `must have at most ${limit} characters`,
  minimum: ({ limit }) => `must be at least ${limit}`,
  maximum: ({ limit }) => `must be at most ${limit}`,
  minItems: ({ limit }) => `must have at least ${limit} items`,
  maxItems: ({ limit }) => `must have at most ${limit} items`,
  uniqueItems: () => 'must not have the same item twice',
}

/** RFC 6901 */
function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}
