import { isDeepStrictEqual } from 'node:util'
import { isValues, type Values } from './configuration.ts'

/** A tenant's configuration as it is kept. */
export interface KeptConfiguration {
  readonly plain: Readonly<Values>
  /** Dotted name → sealed text. */
  readonly secrets: Readonly<Record<string, string>>
}

/** Dotted names of the settings that differ, sorted. A secret that was sealed anew counts as another. */
export function changedSettings(before: KeptConfiguration, after: KeptConfiguration): string[] {
  const [old, now] = [settingsOf(before), settingsOf(after)]
  const names = new Set([...old.keys(), ...now.keys()])
  return [...names].filter((name) => !isDeepStrictEqual(old.get(name), now.get(name))).sort()
}

/** Everything that is set: dotted name → value, of a secret its sealed text. */
export function settingsOf({ plain, secrets }: KeptConfiguration): Map<string, unknown> {
  return new Map([...plainSettings(plain), ...Object.entries(secrets)])
}

function* plainSettings(values: Readonly<Values>, prefix = ''): Iterable<[string, unknown]> {
  for (const [name, value] of Object.entries(values)) {
    // An object of a configuration holds no objects; what a stranger sends may go on without end.
    if (prefix === '' && isValues(value)) yield* plainSettings(value, `${name}.`)
    else yield [prefix + name, value]
  }
}
