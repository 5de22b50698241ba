import type { Static } from 'typebox'
import Type from 'typebox'
import { forms } from './forms.ts'
import { limits } from './limits.ts'
import * as words from './manifest-words.ts'
import { ExtensionPointName, HookName, Permission, PluginId, Version } from './names.ts'

const strict = { additionalProperties: false } as const

export const Category = Type.Enum(words.categories, { description: 'One of a closed list, so that filters stay short' })
export type Category = words.Category

const text = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description })
const webUrl = (description: string) =>
  Type.String({ format: 'uri', pattern: forms.webUrl.pattern, maxLength: 2_000, description })
const filePath = (description: string) =>
  text(limits.pathBytes.max, `${description}. Relative to the plugin folder, with \`/\`, without \`..\``)
const Range = text(200, 'A semver range, e.g. `^1.2.0`')

export const Author = Type.Object(
  {
    name: text(100, 'Person or company'),
    email: Type.Optional(Type.String({ format: 'email', maxLength: 254, description: 'Shown to tenants' })),
    url: Type.Optional(webUrl('Home page of the author')),
  },
  { ...strict, description: 'Who wrote the plugin' },
)

export type Pricing =
  | { type: 'free' }
  | { type: 'paid'; amount: number; currency: string; interval: 'once' | 'month' | 'year' }
/** Written with `if` and `then`: of an `anyOf`, every branch would complain about every mistake. */
export const Pricing = Type.Unsafe<Pricing>({
  type: 'object',
  description: 'Absent means free',
  required: ['type'],
  properties: {
    type: { enum: ['free', 'paid'], description: '`paid` needs `amount`, `currency` and `interval`' },
    amount: { type: 'number', exclusiveMinimum: 0, maximum: 1_000_000, description: 'In units of the currency' },
    currency: { type: 'string', pattern: forms.currency.pattern, description: 'ISO 4217 code' },
    interval: { enum: ['once', 'month', 'year'], description: 'How often the amount is due' },
  },
  ...strict,
  allOf: [
    {
      if: { required: ['type'], properties: { type: { const: 'paid' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nobody awaits a schema
      then: { required: ['amount', 'currency', 'interval'] },
    },
    {
      if: { required: ['type'], properties: { type: { const: 'free' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nobody awaits a schema
      then: { properties: { amount: false, currency: false, interval: false } },
    },
  ],
})

/** Refers to itself through the document that holds it under `$defs`. */
const Fields = Type.Unsafe<Record<string, words.Field>>({
  type: 'object',
  propertyNames: { pattern: forms.fieldName.pattern },
  additionalProperties: { $ref: '#/$defs/Field' },
  maxProperties: limits.fields.max,
})

const FieldOption = Type.Object(
  {
    label: text(100, 'Shown in the editor'),
    value: Type.Unsafe<string | number | boolean>({
      type: ['string', 'number', 'boolean'],
      maxLength: 200,
      description: 'Given to the component',
    }),
  },
  strict,
)

const FieldSchema = Type.Object(
  {
    type: Type.Enum(words.fieldTypes, { description: 'Which control the editor shows' }),
    label: Type.Optional(text(100, 'Shown in the editor; the name of the field when absent')),
    default: Type.Optional(Type.Unknown({ description: 'Value of a new component; fits the type' })),
    options: Type.Optional(
      Type.Array(FieldOption, { minItems: 1, maxItems: 200, description: 'Choices of `select` and `radio`' }),
    ),
    min: Type.Optional(Type.Number({ description: 'Least value of a `number`' })),
    max: Type.Optional(Type.Number({ description: 'Greatest value of a `number`' })),
    step: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'Step of a `number`' })),
    fields: Type.Optional(
      Type.Unsafe<words.Field['fields']>({
        ...Fields,
        description: 'Fields of an `object`, or of each item of an `array`',
      }),
    ),
    formerly: Type.Optional(
      Type.Array(Type.String({ pattern: forms.fieldName.pattern }), {
        minItems: 1,
        maxItems: 20,
        uniqueItems: true,
        description: 'Names of the field in earlier versions; what pages have saved under them is taken over',
      }),
    ),
  },
  { ...strict, description: 'One editable property of a component' },
)

export const Component = Type.Object(
  {
    name: Type.String({
      pattern: forms.componentName.pattern,
      description: 'Unique in the plugin, in PascalCase; never change it, saved pages name it',
    }),
    title: Type.Optional(text(100, 'Shown to people; the name when absent')),
    export: Type.String({ pattern: forms.exportName.pattern, description: 'The name that the bundle exports' }),
    extensionPoint: Type.Unsafe<string>({
      ...ExtensionPointName,
      description: 'Where it appears, e.g. `dashboard.widgets`; `puck` is the page editor',
    }),
    fields: Type.Optional(
      Type.Unsafe<Record<string, words.Field>>({ ...Fields, description: 'What the page editor lets people change' }),
    ),
    removedFields: Type.Optional(
      Type.Array(Type.String({ pattern: forms.fieldName.pattern }), {
        maxItems: limits.fields.max,
        uniqueItems: true,
        description: 'Fields of earlier versions that are gone on purpose; what pages have saved in them is dropped',
      }),
    ),
  },
  { ...strict, description: 'One component that the bundle exports' },
)
export type Component = Static<typeof Component>

/** Only the outermost form stands here; `config-schema-rules.ts` explains the rest better than a schema could. */
export const ConfigSchema = Type.Unsafe<words.ConfigSchema>({
  type: 'object',
  description: 'JSON Schema of the configuration that a tenant fills in; `secret: true` marks a write-only text',
  required: ['type'],
  properties: { type: { const: 'object', description: 'Always `object`' } },
})
export type ConfigSchema = words.ConfigSchema

const BackendRoute = Type.Object(
  {
    method: Type.Enum(words.backendMethods, { description: 'Method of the request' }),
    path: Type.String({
      pattern: forms.backendPath.pattern,
      maxLength: 200,
      description: 'Below the plugin’s own address, e.g. `/quotes/:id`',
    }),
    permission: Type.Optional(
      Type.Unsafe<string>({ ...Permission, description: 'What the caller needs; one of `requiredPermissions`' }),
    ),
  },
  { ...strict, description: 'One request that the backend answers' },
)

const Screenshot = Type.Object(
  { path: filePath('A picture under `assets/`'), alt: text(200, 'Says what the picture shows') },
  strict,
)
const TourStep = Type.Object({ title: text(100, 'Heading of the step'), text: text(1_000, 'One paragraph') }, strict)

export const Manifest = Type.Object(
  {
    $schema: Type.Optional(
      Type.String({ maxLength: 2_000, description: 'Address of this schema, so that editors complete the manifest' }),
    ),
    id: Type.Unsafe<string>({ ...PluginId, description: 'Id of the plugin; never changes' }),
    name: Type.String({
      minLength: 1,
      maxLength: 60,
      pattern: forms.notBlank.pattern,
      description: 'Name of the plugin, shown to people',
    }),
    version: Version,
    description: Type.String({
      minLength: 10,
      maxLength: 300,
      description: 'What the plugin does, in one or two sentences',
    }),
    category: Category,
    tags: Type.Optional(
      Type.Array(Type.String({ pattern: forms.tag.pattern }), {
        maxItems: limits.tags.max,
        uniqueItems: true,
        description: 'Words that people search for',
      }),
    ),
    author: Author,
    license: text(100, 'SPDX expression, `UNLICENSED` or `SEE LICENSE IN <file>`'),
    homepage: Type.Optional(webUrl('Home page of the plugin')),
    repository: Type.Optional(webUrl('Where the source can be read')),
    icon: Type.Optional(filePath('A square picture under `assets/`')),
    screenshots: Type.Optional(
      Type.Array(Screenshot, {
        maxItems: limits.screenshots.max,
        description: 'Pictures for the plugin page, in order',
      }),
    ),
    demoUrl: Type.Optional(webUrl('Where the plugin can be tried')),
    pricing: Type.Optional(Pricing),
    engines: Type.Object(
      { plexica: Type.Unsafe<string>({ ...Range, description: 'Range of platform versions, e.g. `^2.1.0`' }) },
      { ...strict, description: 'What the plugin runs on' },
    ),
    dependencies: Type.Optional(
      Type.Unsafe<Record<string, string>>({
        type: 'object',
        propertyNames: { pattern: forms.pluginId.pattern },
        additionalProperties: Range,
        maxProperties: 50,
        description: 'Plugins that must be installed as well: id and range',
      }),
    ),
    requiredPermissions: Type.Optional(
      Type.Array(Permission, { maxItems: 50, uniqueItems: true, description: 'What a tenant has to grant' }),
    ),
    network: Type.Optional(
      Type.Array(Type.String({ pattern: forms.host.pattern, maxLength: 253 }), {
        maxItems: 50,
        uniqueItems: true,
        description: 'Hosts that the plugin may contact',
      }),
    ),
    shared: Type.Optional(
      Type.Unsafe<Record<string, string>>({
        type: 'object',
        propertyNames: { pattern: forms.packageName.pattern },
        additionalProperties: Range,
        maxProperties: 50,
        description: 'npm packages that are left to the platform, with the range that the plugin works with',
      }),
    ),
    frontend: Type.Optional(
      Type.Object(
        {
          entry: filePath('The module that exports the components'),
          sandbox: Type.Optional(
            Type.Boolean({ description: 'Run the components in frames of their own, without the page around them' }),
          ),
        },
        { ...strict, description: 'Browser part' },
      ),
    ),
    backend: Type.Optional(
      Type.Object(
        {
          entry: filePath('The module that the platform starts'),
          routes: Type.Optional(
            Type.Array(BackendRoute, { maxItems: 50, description: 'Requests that the platform passes on' }),
          ),
          hooks: Type.Optional(
            Type.Array(HookName, {
              maxItems: 50,
              uniqueItems: true,
              description: 'Occasions of the platform on which the backend is called',
            }),
          ),
        },
        { ...strict, description: 'Server part' },
      ),
    ),
    components: Type.Optional(
      Type.Array(Component, { maxItems: limits.components.max, description: 'What the bundle adds to the platform' }),
    ),
    configSchema: Type.Optional(ConfigSchema),
    setup: Type.Optional(filePath('A Markdown file that is shown after install')),
    tour: Type.Optional(
      Type.Array(TourStep, { maxItems: 20, description: 'Steps that introduce the plugin after install' }),
    ),
  },
  { ...strict, $defs: { Field: FieldSchema } },
)
/** What one version of a plugin says about itself. In the package, entries name the built files. */
export type Manifest = Static<typeof Manifest>
