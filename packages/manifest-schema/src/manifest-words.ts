import type { FormatName } from './formats.ts'

/** One of a closed list, so that filters stay short. */
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
export type Category = (typeof categories)[number]

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
  'slot',
] as const
export type FieldType = (typeof fieldTypes)[number]

/** Methods of a request that a backend may answer (RFC 9110). */
export const backendMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

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
  /** Names that the field had in earlier versions: what pages have saved under them is taken over. */
  formerly?: string[]
}

/** The types that a property of a configuration may have. */
export const configTypes = ['string', 'number', 'integer', 'boolean', 'array', 'object'] as const
export type ConfigType = (typeof configTypes)[number]

/**
 * The form that a tenant fills in: JSON Schema (2020-12), of which only the keywords of `ConfigProperty` may be used,
 * so that a page can draw every form. `config-schema-rules.ts` keeps it so.
 */
export interface ConfigSchema {
  type: 'object'
  properties?: Record<string, ConfigProperty>
  required?: string[]
  [keyword: string]: unknown
}

/** One value of the configuration. An `object` holds such values once more, but no objects. */
export interface ConfigProperty {
  type: ConfigType
  title?: string
  description?: string
  /** Fits the property; never together with `secret`. */
  default?: unknown
  /** For strings and numbers. */
  enum?: (string | number)[]
  /** For strings: can be written but never read. */
  secret?: boolean
  format?: FormatName
  minLength?: number
  maxLength?: number
  /** Compiles, and cannot make matching slow, see `pattern-work.ts`. */
  pattern?: string
  /** For numbers. */
  minimum?: number
  maximum?: number
  /** For lists, whose items are strings. */
  items?: Omit<ConfigProperty, 'items' | 'properties' | 'required' | 'secret'>
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  /** For objects. */
  properties?: Record<string, ConfigProperty>
  required?: string[]
  [keyword: string]: unknown
}
