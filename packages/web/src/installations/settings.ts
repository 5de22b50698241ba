import type { ConfigProperty, ConfigSchema, Finding, FormatName } from '@plexica/manifest-schema/validate'
import { formats } from '@plexica/manifest-schema/validate'

export type Values = Readonly<Record<string, unknown>>

/** What stands in a field: a text, a tick, or ticked choices. Null takes a secret away that is set. */
export type Entry = string | boolean | readonly string[] | null
/** By dotted name. An object that may be left out has a tick of its own under its name. */
export type Entries = Readonly<Record<string, Entry>>

/** A setting that holds a value of its own: `goal`, or `mail.host` inside an object. */
export interface Setting {
  readonly name: string
  readonly path: readonly string[]
  readonly property: ConfigProperty
  /** Where it stands, it must have a value. */
  readonly needed: boolean
}

/** Settings that are shown together: one by itself, or those of an object. */
export interface SettingGroup {
  readonly name: string
  readonly property: ConfigProperty
  readonly needed: boolean
  readonly settings: readonly Setting[]
}

/** A schema's settings in its order. */
export function groupsOf(schema: ConfigSchema | undefined): SettingGroup[] {
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => {
    const needed = schema?.required?.includes(name) === true
    const inner = property.type === 'object' ? Object.entries(property.properties ?? {}) : undefined
    const settings = inner?.map(([key, one]) => ({
      name: `${name}.${key}`,
      path: [name, key],
      property: one,
      needed: property.required?.includes(key) === true,
    }))
    return { name, property, needed, settings: settings ?? [{ name, path: [name], property, needed }] }
  })
}

export function settingsOf(schema: ConfigSchema | undefined): Setting[] {
  return groupsOf(schema).flatMap(({ settings }) => settings)
}

/** A setting may have the name `constructor`. */
export function own<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined
}

export function valueAt(values: Values, path: readonly string[]): unknown {
  let value: unknown = values
  for (const key of path) value = isValues(value) ? own(value, key) : undefined
  return value
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What the fields show at first: the values that are set, else the defaults. Secrets are never shown. */
export function entriesOf(schema: ConfigSchema | undefined, values: Values = {}): Entries {
  return Object.fromEntries(
    groupsOf(schema).flatMap(({ name, property, needed, settings }): [string, Entry][] => [
      ...(property.type === 'object' && !needed ? [[name, own(values, name) !== undefined] as [string, Entry]] : []),
      ...settings.map((one): [string, Entry] => [one.name, entryOf(one, valueAt(values, one.path))]),
    ]),
  )
}

function entryOf({ property }: Setting, value: unknown): Entry {
  const shown = value ?? property.default
  if (property.type === 'boolean') return shown === true
  if (property.type === 'array') {
    const items = Array.isArray(shown) ? shown.map(String) : []
    return property.items?.enum ? items : items.join('\n')
  }
  return shown === undefined || property.secret ? '' : String(shown)
}

/** What is wrong with an entry, to be said in words. */
export type Mistake =
  | { readonly code: 'missing' | 'number' | 'whole' }
  | { readonly code: 'least' | 'most' | 'short' | 'long' | 'few' | 'many'; readonly bound: number }
  | { readonly code: 'format'; readonly format: FormatName }

/**
 * The configuration that the fields say, and what can be seen to be wrong with it. The registry says the rest.
 * @param kept names of secrets that are set and stay when nothing is typed.
 */
export function readEntries(
  schema: ConfigSchema | undefined,
  entries: Entries,
  kept: readonly string[] = [],
): { configuration: Values; mistakes: ReadonlyMap<string, Mistake> } {
  const mistakes = new Map<string, Mistake>()
  const read = (setting: Setting): [string, unknown][] => {
    const entry = own(entries, setting.name)
    const value = givenValue(setting, entry)
    const mistake = mistakeOf(setting, value, kept.includes(setting.name) && entry !== null)
    if (mistake) mistakes.set(setting.name, mistake)
    return value === undefined ? [] : [[setting.path.at(-1) ?? '', value]]
  }
  const configuration = groupsOf(schema).flatMap(({ name, property, needed, settings }): [string, unknown][] => {
    if (property.type !== 'object') return settings.flatMap(read)
    const isWanted = needed || own(entries, name) === true
    return isWanted ? [[name, Object.fromEntries(settings.flatMap(read))]] : []
  })
  return { configuration: Object.fromEntries(configuration), mistakes }
}

function givenValue({ property, needed }: Setting, entry: Entry | undefined): unknown {
  if (entry === undefined || entry === '') return undefined
  if (property.type === 'array') {
    const items = typeof entry === 'string' ? entry.split('\n').map((line) => line.trim()) : (entry ?? [])
    const list = Array.isArray(items) ? items.filter((item) => item !== '') : []
    return list.length === 0 && !needed && property.default === undefined ? undefined : list
  }
  if (typeof entry !== 'string') return entry
  const isNumber = property.type === 'number' || property.type === 'integer'
  if (property.enum) return property.enum.find((value) => String(value) === entry)
  return isNumber ? Number(entry.trim().replace(/^(-?\d+),(\d+)$/, '$1.$2')) : entry
}

function mistakeOf({ property, needed }: Setting, value: unknown, isKept: boolean): Mistake | undefined {
  const isMissing = value === undefined || value === null
  if (isMissing) return needed && !isKept && property.default === undefined ? { code: 'missing' } : undefined
  const { type, minimum = -Infinity, maximum = Infinity, format } = property
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return { code: 'number' }
    if (type === 'integer' && !Number.isInteger(value)) return { code: 'whole' }
    if (value < minimum) return { code: 'least', bound: minimum }
    return value > maximum ? { code: 'most', bound: maximum } : undefined
  }
  if (typeof value === 'string') {
    const { minLength = 0, maxLength = Infinity } = property
    const { length } = [...value]
    if (length < minLength) return { code: 'short', bound: minLength }
    if (length > maxLength) return { code: 'long', bound: maxLength }
    return format !== undefined && !formats[format].fits(value) ? { code: 'format', format } : undefined
  }
  if (Array.isArray(value)) {
    const { minItems = 0, maxItems = Infinity } = property
    if (value.length < minItems) return { code: 'few', bound: minItems }
    return value.length > maxItems ? { code: 'many', bound: maxItems } : undefined
  }
  return undefined
}

/**
 * What the registry found, at the fields that it names: `configuration.mail.host` is `mail.host`, an item of a list the
 * list. What names no field is left over.
 */
export function findingsByField(
  schema: ConfigSchema | undefined,
  findings: readonly Finding[],
): { fields: ReadonlyMap<string, string>; others: readonly Finding[] } {
  const names = settingsOf(schema).map(({ name }) => name)
  const fields = new Map<string, string>()
  const others: Finding[] = []
  for (const finding of findings) {
    const path = (finding.path ?? '').replace(/^configuration\./, '')
    const name = names.find((one) => path === one || path.startsWith(`${one}.`))
    if (name === undefined) others.push(finding)
    else if (!fields.has(name)) fields.set(name, finding.message.replace(/^configuration\.\S+ /, ''))
  }
  return { fields, others }
}
