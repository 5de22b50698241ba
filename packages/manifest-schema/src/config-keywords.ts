import { codePoints, formats } from './formats.ts'
import { isObject, pathText } from './json-path.ts'
import type { ConfigProperty, ConfigType } from './manifest-words.ts'
import { shorten } from './visible-text.ts'

/** The keywords of JSON Schema that a configuration may use, so that a page can draw every form from them. */
export const configKeywords = {
  root: ['$schema', 'type', 'title', 'description', 'properties', 'required', 'additionalProperties'],
  object: ['type', 'title', 'description', 'properties', 'required', 'additionalProperties'],
  string: ['type', 'title', 'description', 'default', 'enum', 'format', 'minLength', 'maxLength', 'pattern', 'secret'],
  number: ['type', 'title', 'description', 'default', 'enum', 'minimum', 'maximum'],
  integer: ['type', 'title', 'description', 'default', 'enum', 'minimum', 'maximum'],
  boolean: ['type', 'title', 'description', 'default'],
  array: ['type', 'title', 'description', 'default', 'items', 'minItems', 'maxItems', 'uniqueItems'],
  /** Of the strings in an array. */
  item: ['type', 'title', 'description', 'enum', 'format', 'minLength', 'maxLength', 'pattern'],
} as const satisfies Record<ConfigType | 'root' | 'item', readonly string[]>

const count = {
  fits: (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0,
  words: 'a whole number from 0',
}
const number = { fits: (value: unknown) => Number.isFinite(value), words: 'a number' }
const boolean = { fits: (value: unknown) => typeof value === 'boolean', words: 'true or false' }
const text = (maxLength: number) => ({
  fits: (value: unknown) => typeof value === 'string' && value.trim() !== '' && value.length <= maxLength,
  words: `a string of 1 to ${maxLength} characters`,
})

/** What the value of each keyword must be. What depends on other keywords is a rule of `config-schema-rules.ts`. */
export const keywordValues: Readonly<Record<string, { fits: (value: unknown) => boolean; words: string }>> = {
  $schema: text(2_000),
  title: text(100),
  description: text(1_000),
  format: {
    fits: (value) => typeof value === 'string' && Object.hasOwn(formats, value),
    words: `one of ${Object.keys(formats).join(', ')}`,
  },
  minLength: count,
  maxLength: count,
  minItems: count,
  maxItems: count,
  minimum: number,
  maximum: number,
  pattern: { fits: (value) => typeof value === 'string', words: 'a string with a regular expression' },
  secret: boolean,
  uniqueItems: boolean,
  additionalProperties: { fits: (value) => value === false, words: 'false; other values are never asked for' },
  enum: {
    fits: (value) => Array.isArray(value) && value.length > 0 && new Set(value).size === value.length,
    words: 'a list of values that differ',
  },
  items: { fits: isObject, words: 'an object `{…}`' },
  properties: { fits: isObject, words: 'an object `{…}`' },
  required: {
    fits: (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
    words: 'a list of names of properties',
  },
}

/** What the value of a property should be instead, without regard to its `enum`; undefined when it fits. */
export function misfitOfType(value: unknown, property: ConfigProperty): string | undefined {
  switch (property.type) {
    case 'string':
      return misfitOfString(value, property)
    case 'number':
    case 'integer':
      return misfitOfNumber(value, property)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'it must be true or false'
    case 'array':
      return misfitOfList(value, property)
    case 'object':
      return isObject(value) ? undefined : 'it must be an object `{…}`'
  }
}

function misfitOfString(value: unknown, property: ConfigProperty): string | undefined {
  const { format, minLength = 0, maxLength = Infinity, pattern } = property
  if (typeof value !== 'string') return 'it must be a string'
  if (codePoints(value) < minLength) return `it must have at least ${minLength} characters`
  if (codePoints(value) > maxLength) return `it may have at most ${maxLength} characters`
  if (format !== undefined && !formats[format].fits(value)) return `it must be ${formats[format].words}`
  return pattern === undefined || new RegExp(pattern, 'u').test(value) ? undefined : `it must match ${shorten(pattern)}`
}

function misfitOfNumber(value: unknown, property: ConfigProperty): string | undefined {
  const { type, minimum = -Infinity, maximum = Infinity } = property
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'it must be a number'
  if (type === 'integer' && !Number.isInteger(value)) return 'it must be a whole number'
  if (value < minimum) return `it must be at least ${minimum}`
  return value > maximum ? `it must be at most ${maximum}` : undefined
}

function misfitOfList(value: unknown, property: ConfigProperty): string | undefined {
  const { items = {}, minItems = 0, maxItems = Infinity, uniqueItems } = property
  if (!Array.isArray(value)) return 'it must be a list `[…]`'
  if (value.length < minItems || value.length > maxItems) return `it must have ${minItems} to ${maxItems} items`
  if (uniqueItems && new Set(value).size < value.length) return 'its items must differ'
  for (const [index, item] of value.entries()) {
    const problem = misfit(item, { ...items, type: 'string' })
    if (problem !== undefined) return `of ${pathText([index])}, ${problem}`
  }
  return undefined
}

/** What the value of a property should be instead; undefined when it fits. */
export function misfit(value: unknown, property: ConfigProperty): string | undefined {
  const problem = misfitOfType(value, property)
  if (problem !== undefined || property.enum === undefined) return problem
  return property.enum.some((allowed) => allowed === value) ? undefined : 'it is not in the enum'
}
