import type { ConfigProperty, ConfigSchema } from '@plexica/manifest-schema/validate'
import { failure } from '../failure.ts'

export type Values = Readonly<Record<string, unknown>>

/** A setting that holds a value of its own: `goal`, or `mail.host` inside an object. */
export interface Setting {
  readonly name: string
  readonly path: readonly string[]
  readonly property: ConfigProperty
}

/** Every setting of a schema, those of an object in the object's place. */
export function settingsOf(schema: ConfigSchema | undefined): Setting[] {
  const entries = Object.entries(schema?.properties ?? {})
  return entries.flatMap(([name, property]) =>
    property.type === 'object' && property.properties
      ? Object.entries(property.properties).map(([inner, one]) => ({
          name: `${name}.${inner}`,
          path: [name, inner],
          property: one,
        }))
      : [{ name, path: [name], property }],
  )
}

/**
 * Puts `--set key=value` over a configuration: a value takes the type that the plugin's schema gives its key. What the
 * schema does not know goes on as a text, and the registry names it. A secret is refused: other people on the machine
 * can read command lines.
 */
export function withSetOptions(before: Values, given: readonly string[], schema: ConfigSchema | undefined): Values {
  const settings = new Map(settingsOf(schema).map((setting) => [setting.name, setting]))
  let values = before
  for (const pair of given) {
    const at = pair.indexOf('=')
    if (at < 1) throw failure('usage_invalid', 'A --set has no key or no value.', { fix: 'Write --set key=value.' })
    const name = pair.slice(0, at)
    const setting = settings.get(name)
    if (setting?.property.secret) {
      throw failure('usage_invalid', `\`${name}\` is a secret, and others on this machine can read command lines.`, {
        fix: `Put it into a JSON file for --config, or pipe that: --config -.`,
      })
    }
    const property = setting?.property ?? schema?.properties?.[name]
    values = withValue(values, setting?.path ?? [name], readValue(name, pair.slice(at + 1), property))
  }
  return values
}

/** A copy in which the path has the value; undefined takes it out, and an object with it that would be left empty. */
export function withValue(values: Values, path: readonly string[], value: unknown): Values {
  const [first = '', ...rest] = path
  const { [first]: before, ...others } = values
  const inner = rest.length === 0 ? value : withValue(isValues(before) ? before : {}, rest, value)
  const empty = inner === undefined || (rest.length > 0 && Object.keys(inner as Values).length === 0)
  // The key keeps its place.
  return empty ? others : { ...values, [first]: inner }
}

export function valueAt(values: Values, path: readonly string[]): unknown {
  let value: unknown = values
  for (const key of path) value = isValues(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return value
}

/** What stands in `over` goes before, inside objects too. */
export function overlay(values: Values, over: Values): Values {
  const merged = { ...values }
  for (const [key, value] of Object.entries(over)) {
    const before = Object.hasOwn(merged, key) ? merged[key] : undefined
    merged[key] = isValues(before) && isValues(value) ? overlay(before, value) : value
  }
  return merged
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Settings that are needed, have no default and no value. Those of an object that may be left out count once it has any. */
export function missingSettings(schema: ConfigSchema | undefined, values: Values): Setting[] {
  return settingsOf(schema).filter(({ path, property }) => {
    const [first = ''] = path
    const outer = schema?.properties?.[first]
    const needed = schema?.required?.includes(first) === true
    const isNeeded =
      path.length === 1
        ? needed
        : outer?.required?.includes(path[1] ?? '') === true && (needed || valueAt(values, [first]) !== undefined)
    return isNeeded && property.default === undefined && valueAt(values, path) === undefined
  })
}

/**
 * A text as the value of a property. Throws a usage failure when it cannot be one, which does not hold the text: it may
 * be a secret under the wrong key.
 */
export function readValue(key: string, text: string, property: ConfigProperty | undefined): unknown {
  const type = property?.type
  const bad = (what: string) =>
    failure('usage_invalid', `\`${key}\` is ${what}; what was given is not.`, { fix: `Write --set ${key}=<${type}>.` })
  if (type === 'number' || type === 'integer') {
    const value = Number(text)
    if (text.trim() === '' || !Number.isFinite(value)) throw bad('a number')
    if (type === 'integer' && !Number.isInteger(value)) throw bad('a whole number')
    return value
  }
  if (type === 'boolean') {
    if (text !== 'true' && text !== 'false') throw bad('true or false')
    return text === 'true'
  }
  if (type === 'array' && !text.trimStart().startsWith('[')) return readList(text)
  if (type === 'array' || type === 'object') {
    try {
      return JSON.parse(text)
    } catch {
      throw bad('JSON')
    }
  }
  return text
}

/** `a, b` as people type a list. */
function readList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
