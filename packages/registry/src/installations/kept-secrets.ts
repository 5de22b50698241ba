import type { ConfigProperty, ConfigSchema, Finding } from '@plexica/manifest-schema'
import { type Configuration, isValues, readConfiguration, type Values } from './configuration.ts'

/** What a tenant's configuration comes to when secrets that were set before may stay. */
export interface KeepingConfiguration extends Configuration {
  /** Names of the sealed secrets that stay as they are. */
  readonly kept: readonly string[]
}

/**
 * Checks a configuration in which secrets are write-only: one that is not given keeps the value that was sealed, and
 * null removes it.
 * @param sealed names of the secrets that have a value.
 */
export function readKeeping(
  schema: ConfigSchema | undefined,
  given: Readonly<Values>,
  sealed: Iterable<string>,
): { configuration?: KeepingConfiguration; findings: Finding[] } {
  const names = secretNames(schema)
  const removed = new Set<string>()
  const values = withoutNulls(given, names, removed)
  const kept = new Set([...sealed].filter((name) => names.has(name) && !removed.has(name)))
  const { configuration, findings } = readConfiguration(schema, values, kept)
  if (!configuration) return { findings }
  return {
    configuration: { ...configuration, kept: [...kept].filter((name) => !configuration.secrets.has(name)) },
    findings,
  }
}

/** Dotted names of the secrets that a configuration may have. */
export function secretNames(schema: ConfigSchema | ConfigProperty | undefined, prefix = ''): Set<string> {
  const names = new Set<string>()
  for (const [name, property] of Object.entries(schema?.properties ?? {})) {
    if (property.secret) names.add(prefix + name)
    for (const inner of secretNames(property, `${prefix}${name}.`)) names.add(inner)
  }
  return names
}

function withoutNulls(
  given: Readonly<Values>,
  secrets: ReadonlySet<string>,
  removed: Set<string>,
  prefix = '',
): Values {
  const values: Values = Object.create(null)
  for (const [name, value] of Object.entries(given)) {
    if (value === null && secrets.has(prefix + name)) removed.add(prefix + name)
    // An object of a configuration holds no objects; what a stranger sends may go on without end.
    else if (prefix === '' && isValues(value)) values[name] = withoutNulls(value, secrets, removed, `${name}.`)
    else values[name] = value
  }
  return values
}
