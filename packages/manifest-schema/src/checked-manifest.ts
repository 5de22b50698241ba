import type { Place } from './finding.ts'
import { isObject, type JsonPath, pathText } from './json-path.ts'
import type { Manifest } from './manifest.ts'
import type { JsonDocument } from './read-json.ts'
import type { SchemaResult } from './schema-findings.ts'

/** A manifest that the schema has looked at: rules run on its good parts even when others are broken. */
export interface CheckedManifest {
  /** Whether the key is there, with whatever value, even misspelt. */
  has(key: keyof Manifest): boolean
  /** The value of a key, when the schema found nothing broken in it. Components are asked for one by one, see `sound`. */
  part<Key extends keyof Manifest>(key: Key): Manifest[Key] | undefined
  /** Whether one component or field, apart from the fields in it, keeps to the schema. */
  sound(path: JsonPath): boolean
  /** Whether it and all fields in it do. */
  soundBelow(path: JsonPath): boolean
  place(path: JsonPath, of?: 'key' | 'value'): Place
}

export function checkedManifest(document: JsonDocument, schema: SchemaResult, file: string): CheckedManifest {
  // The schema has vouched for every part that `part` hands out, so the type is stated here once.
  const manifest = (isObject(document.value) ? document.value : {}) as Partial<Manifest>
  const brokenParts = new Set(schema.broken.map((path) => pathText(partOf(path))))
  return {
    has: (key) => Object.hasOwn(manifest, key) || schema.misspelt.has(key),
    part: (key) => (brokenParts.has(pathText([key])) ? undefined : manifest[key]),
    sound: (path) => !brokenParts.has(pathText(path)),
    soundBelow: (path) => {
      const name = pathText(path)
      return ![...brokenParts].some((part) => part === name || part.startsWith(`${name}.`))
    },
    place: (path, of = 'value') => ({ path: file, line: document.line(path, of) }),
  }
}

/** The smallest part that rules look at on its own: a field, a component, or the value of a key of the manifest. */
function partOf(path: JsonPath): JsonPath {
  if (path[0] !== 'components' || path.length < 2) return path.slice(0, 1)
  let end = 2
  while (path[end] === 'fields' && path.length > end + 1) end += 2
  return path.slice(0, end)
}
