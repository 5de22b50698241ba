import type { ConfigProperty, Field, Manifest } from '@plexica/manifest-schema'

/** A value that is compared by its identity and shown as it is, or cut. */
export interface Compared<Value> {
  readonly identity: string
  readonly value: Value
}
export type Fields<Value = unknown> = ReadonlyMap<string, Compared<Value>>

/** Characters of JSON of one value; a longer one is shown as the beginning of its text. */
const mostCharacters = 2_000

/** The fields of a manifest by path, such as `engines.plexica`, but those that a delta shows by themselves. */
export function manifestFields(manifest: Manifest): Fields {
  const { components, configSchema, requiredPermissions, network, ...others } = manifest
  const fields = new Map<string, Compared<unknown>>()
  addLeaves(fields, '', others)
  return fields
}

/** The fields of a configuration by path, such as `mail.host`. */
export function configurationFields({ configSchema }: Manifest): Fields {
  const fields = new Map<string, Compared<unknown>>()
  const add = (schema: Pick<ConfigProperty, 'properties' | 'required'>, prefix: string) => {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const { properties, required, ...own } = property
      fields.set(prefix + name, compared({ ...own, required: schema.required?.includes(name) ?? false }))
      add(property, `${prefix}${name}.`)
    }
  }
  if (configSchema) add(configSchema, '')
  return fields
}

/** Components by name, and their fields by path, such as `Card.title`. */
export function componentFields({ components = [] }: Manifest): Fields {
  const found = new Map<string, Compared<unknown>>()
  const add = (fields: Readonly<Record<string, Field>>, prefix: string) => {
    for (const [name, { fields: inner, ...own }] of Object.entries(fields)) {
      found.set(prefix + name, compared(own))
      add(inner ?? {}, `${prefix}${name}.`)
    }
  }
  for (const { fields, ...own } of components) {
    found.set(own.name, compared(own))
    add(fields ?? {}, `${own.name}.`)
  }
  return found
}

/** Objects by their keys; lists are compared as wholes. */
function addLeaves(fields: Map<string, Compared<unknown>>, path: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    fields.set(path, compared(value))
    return
  }
  for (const [key, inner] of Object.entries(value)) addLeaves(fields, path === '' ? key : `${path}.${key}`, inner)
}

function compared(value: unknown): Compared<unknown> {
  const identity = canonical(value)
  return { identity, value: identity.length > mostCharacters ? `${identity.slice(0, mostCharacters)}…` : value }
}

/** JSON in which the order of an object's keys makes no difference. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
