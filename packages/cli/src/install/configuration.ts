import type { ConfigProperty, ConfigSchema } from '@plexica/manifest-schema/validate'
import { failure } from '../failure.ts'

type Values = Record<string, unknown>

/** Reads `--config key=value`: the value takes the type that the plugin's schema gives the key. */
export function readConfigOptions(given: readonly string[], schema: ConfigSchema | undefined): Values {
  return Object.fromEntries(
    given.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) {
        throw failure('usage_invalid', 'A --config has no key or no value.', { fix: 'Write --config key=value.' })
      }
      const key = pair.slice(0, at)
      return [key, readValue(key, pair.slice(at + 1), schema?.properties?.[key])]
    }),
  )
}

/**
 * A text as the value of a property. Throws a usage failure when it cannot be one, which does not hold the text: it may
 * be a secret under the wrong key.
 */
export function readValue(key: string, text: string, property: ConfigProperty | undefined): unknown {
  const type = property?.type
  const bad = (what: string) =>
    failure('usage_invalid', `\`${key}\` is ${what}; what was given is not.`, {
      fix: `Write --config ${key}=<${type}>.`,
    })
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
  if (type === 'array' || type === 'object') {
    try {
      return JSON.parse(text)
    } catch {
      throw bad('JSON')
    }
  }
  return text
}
