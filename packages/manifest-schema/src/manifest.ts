import type { Static } from 'typebox'
import Type from 'typebox'
import { limits } from './limits.ts'
import { ExtensionPointName, Permission, PluginId, pluginIdPattern, Version } from './names.ts'

const strict = { additionalProperties: false } as const

export const categories = [
  'analytics',
  'automation',
  'commerce',
  'communication',
  'content',
  'design',
  'developer-tools',
  'finance',
  'integration',
  'marketing',
  'payment',
  'productivity',
  'security',
  'shipping',
  'support',
] as const
export const Category = Type.Enum(categories, { description: 'One of a closed list, so that filters stay short' })
export type Category = (typeof categories)[number]

const WebUrl = Type.String({ format: 'uri', pattern: '^https?://', maxLength: 2_000 })
/** Relative to the plugin folder, with `/`, without `..`. */
const FilePath = Type.String({ minLength: 1, maxLength: limits.pathBytes.max })
const Range = Type.String({ minLength: 1, maxLength: 200, description: 'A semver range, e.g. `^1.2.0`' })

export const Author = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
    url: Type.Optional(WebUrl),
  },
  strict,
)

export const Pricing = Type.Union(
  [
    Type.Object({ type: Type.Literal('free') }, strict),
    Type.Object(
      {
        type: Type.Literal('paid'),
        amount: Type.Number({ exclusiveMinimum: 0, maximum: 1_000_000, description: 'In units of the currency' }),
        currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217 code' }),
        interval: Type.Enum(['once', 'month', 'year']),
      },
      strict,
    ),
  ],
  { description: 'Absent means free' },
)

/** The editor fields that a component may declare. */
export const fieldTypes = [
  'text',
  'textarea',
  'number',
  'select',
  'radio',
  'boolean',
  'color',
  'image',
  'array',
  'object',
] as const
export type FieldType = (typeof fieldTypes)[number]

/** One editable property of a component. Which keys go with which type is a rule, see `field-rules.ts`. */
export interface Field {
  type: FieldType
  label?: string
  default?: unknown
  /** For `select` and `radio`. */
  options?: { label: string; value: string | number | boolean }[]
  /** For `number`. */
  min?: number
  max?: number
  step?: number
  /** For `array` and `object`: the fields of one item. */
  fields?: Record<string, Field>
}

const FieldSchema = Type.Object(
  {
    type: Type.Enum(fieldTypes),
    label: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    default: Type.Optional(Type.Unknown()),
    options: Type.Optional(
      Type.Array(
        Type.Object(
          {
            label: Type.String({ minLength: 1, maxLength: 100 }),
            value: Type.Union([Type.String({ maxLength: 200 }), Type.Number(), Type.Boolean()]),
          },
          strict,
        ),
        { minItems: 1, maxItems: 200 },
      ),
    ),
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
    step: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    fields: Type.Optional(Type.Record(Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]{0,49}$' }), Type.Ref('Field'))),
  },
  strict,
)

export const Component = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Z][A-Za-z0-9]{0,63}$', description: 'Unique in the plugin, in PascalCase' }),
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    export: Type.String({ pattern: '^[A-Za-z_$][\\w$]{0,99}$', description: 'The name that the bundle exports' }),
    extensionPoint: Type.Unsafe<string>({
      ...ExtensionPointName,
      description: 'Where it appears; `puck` is the page editor',
    }),
    fields: Type.Optional(
      Type.Unsafe<Record<string, Field>>({
        type: 'object',
        propertyNames: { pattern: '^[a-zA-Z][a-zA-Z0-9]{0,49}$' },
        additionalProperties: { $ref: '#/$defs/Field' },
      }),
    ),
  },
  strict,
)
export type Component = Static<typeof Component>

/** A JSON Schema (2020-12) of type `object`; `secret: true` marks a value that can be written but never read. */
export const ConfigSchema = Type.Unsafe<ConfigSchema>({
  type: 'object',
  description: 'JSON Schema of the configuration that a tenant fills in',
  required: ['type'],
  properties: { type: { const: 'object' } },
})
export interface ConfigSchema {
  type: 'object'
  properties?: Record<string, ConfigProperty>
  required?: string[]
  [keyword: string]: unknown
}
export interface ConfigProperty {
  type?: string
  title?: string
  description?: string
  default?: unknown
  secret?: boolean
  [keyword: string]: unknown
}

export const Manifest = Type.Object(
  {
    $schema: Type.Optional(Type.String({ maxLength: 2_000 })),
    id: PluginId,
    name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
    version: Version,
    description: Type.String({ minLength: 10, maxLength: 300 }),
    category: Category,
    tags: Type.Optional(
      Type.Array(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,29}$' }), {
        maxItems: limits.tags.max,
        uniqueItems: true,
      }),
    ),
    author: Author,
    license: Type.String({ minLength: 1, maxLength: 100, description: 'SPDX expression' }),
    homepage: Type.Optional(WebUrl),
    repository: Type.Optional(WebUrl),
    icon: Type.Optional(FilePath),
    screenshots: Type.Optional(
      Type.Array(Type.Object({ path: FilePath, alt: Type.String({ minLength: 1, maxLength: 200 }) }, strict), {
        maxItems: limits.screenshots.max,
      }),
    ),
    demoUrl: Type.Optional(WebUrl),
    pricing: Type.Optional(Pricing),
    engines: Type.Object({ plexica: Range }, strict),
    dependencies: Type.Optional(
      Type.Unsafe<Record<string, string>>({
        type: 'object',
        propertyNames: { pattern: pluginIdPattern },
        additionalProperties: Range,
        maxProperties: 50,
      }),
    ),
    requiredPermissions: Type.Optional(Type.Array(Permission, { maxItems: 50, uniqueItems: true })),
    network: Type.Optional(
      Type.Array(
        Type.String({ pattern: '^(\\*\\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$|^localhost$', maxLength: 253 }),
        { maxItems: 50, uniqueItems: true, description: 'Hosts that the plugin may contact' },
      ),
    ),
    frontend: Type.Optional(Type.Object({ entry: FilePath }, strict)),
    backend: Type.Optional(Type.Object({ entry: FilePath }, strict)),
    components: Type.Optional(Type.Array(Component, { maxItems: limits.components.max })),
    configSchema: Type.Optional(ConfigSchema),
    setup: Type.Optional(Type.Unsafe<string>({ ...FilePath, description: 'A Markdown file shown after install' })),
    tour: Type.Optional(
      Type.Array(
        Type.Object(
          {
            title: Type.String({ minLength: 1, maxLength: 100 }),
            text: Type.String({ minLength: 1, maxLength: 1_000 }),
          },
          strict,
        ),
        { maxItems: 20 },
      ),
    ),
  },
  { ...strict, $defs: { Field: refsToDefs(FieldSchema) } },
)
/** What one version of a plugin says about itself. In the package, entries name the built files. */
export type Manifest = Static<typeof Manifest>

/** TypeBox writes a bare name for a reference; JSON Schema files want the pointer. */
function refsToDefs(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"Field"', '"$ref":"#/$defs/Field"'))
}
