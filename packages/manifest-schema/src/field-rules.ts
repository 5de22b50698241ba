import type { CheckedManifest } from './checked-manifest.ts'
import { checkFormerNames } from './field-history-rules.ts'
import { misfit } from './field-misfit.ts'
import { type Finding, findingsOf, type RuleTable } from './finding.ts'
import { isObject, type JsonPath, pathText } from './json-path.ts'
import { limits } from './limits.ts'
import type { Field, FieldType } from './manifest-words.ts'
import { shorten } from './visible-text.ts'

/** Names that React and the page editor give to every component themselves. */
const reserved = ['id', 'key', 'ref', 'puck', 'editMode']

export const fieldRules = {
  'manifest-field-key': {
    severity: 'error',
    summary: 'A field has a key that its type does not use, such as `options` on a `text`.',
    fix: 'Remove the key, or choose the type that uses it.',
  },
  'manifest-field-options': {
    severity: 'error',
    summary: 'A `select` or `radio` has no options, or two options with the same value.',
    fix: 'Give it `options` with a label and a value of its own each.',
  },
  'manifest-field-fields': {
    severity: 'error',
    summary: 'An `array` or `object` does not say which fields are in it.',
    fix: 'Add `fields` with at least one field.',
  },
  'manifest-field-range': {
    severity: 'error',
    summary: 'The `min` of a number is above its `max`, so that no value fits.',
    fix: 'Swap the two or correct one.',
  },
  'manifest-field-default': {
    severity: 'error',
    summary: 'The default of a field does not fit its type, options or range.',
    fix: 'Write a value that people could choose in the editor.',
  },
  'manifest-field-depth': {
    severity: 'error',
    summary: `Fields stand in each other more than ${limits.fieldDepth.max} levels deep. ${limits.fieldDepth.reason}`,
    fix: 'Flatten the fields, or make two components of it.',
  },
  'manifest-field-reserved': {
    severity: 'error',
    summary: `A field of a component has a name that React or the page editor sets itself: ${reserved.join(', ')}.`,
    fix: 'Give the field another name.',
  },
} as const satisfies RuleTable
const finding = findingsOf(fieldRules)

/** Which keys besides `type`, `label` and `default` a type uses. */
const keysOfType: Readonly<Record<FieldType, readonly (keyof Field)[]>> = {
  text: [],
  textarea: [],
  number: ['min', 'max', 'step'],
  select: ['options'],
  radio: ['options'],
  boolean: [],
  color: [],
  image: [],
  array: ['fields'],
  object: ['fields'],
  slot: [],
}

/** Every field of one component, `at` being the path of its `fields`. */
export function* checkFields(
  fields: Record<string, Field>,
  at: JsonPath,
  manifest: CheckedManifest,
  depth = 1,
): Iterable<Finding> {
  yield* checkFormerNames(fields, at, manifest)
  for (const [name, field] of Object.entries(fields).slice(0, limits.fields.max)) {
    const path = [...at, name]
    if (depth === 1 && reserved.includes(name)) {
      const message = `${pathText(path)} has a name that every component is given already.`
      yield finding('manifest-field-reserved', message, manifest.place(path, 'key'))
    }
    if (manifest.sound(path)) yield* checkField(field, path, manifest)
    if (!isObject(field) || !isObject(field.fields)) continue
    if (depth < limits.fieldDepth.max) {
      yield* checkFields(field.fields, [...path, 'fields'], manifest, depth + 1)
    } else if (Object.keys(field.fields).length > 0) {
      const message = `${pathText([...path, 'fields'])} is deeper than ${limits.fieldDepth.max} levels.`
      yield finding('manifest-field-depth', message, manifest.place([...path, 'fields'], 'key'))
    }
  }
}

/** The path of the first slot among these fields or in them, `at` being the path of them all. */
export function slotIn(fields: Record<string, Field>, at: JsonPath): JsonPath | undefined {
  for (const [name, field] of Object.entries(fields)) {
    if (!isObject(field)) continue
    if (field.type === 'slot') return [...at, name]
    const inner = isObject(field.fields) ? slotIn(field.fields, [...at, name, 'fields']) : undefined
    if (inner) return inner
  }
  return undefined
}

function* checkField(field: Field, path: JsonPath, manifest: CheckedManifest): Iterable<Finding> {
  const used = keysOfType[field.type]
  for (const key of ['options', 'min', 'max', 'step', 'fields'] as const) {
    if (field[key] === undefined || used.includes(key)) continue
    const message = `${pathText([...path, key])} is of no use: a field of type "${field.type}" has no ${key}.`
    yield finding('manifest-field-key', message, manifest.place([...path, key], 'key'))
  }
  if (used.includes('options')) yield* checkOptions(field, path, manifest)
  if (used.includes('fields') && Object.keys(field.fields ?? {}).length === 0) {
    const message = `${pathText(path)} is an ${field.type} without fields.`
    yield finding('manifest-field-fields', message, manifest.place(path))
  }
  if (field.type === 'number' && (field.min ?? -Infinity) > (field.max ?? Infinity)) {
    const message = `${pathText(path)} has min ${field.min} above max ${field.max}.`
    yield finding('manifest-field-range', message, manifest.place([...path, 'min']))
  }
  if (field.default === undefined || !manifest.soundBelow(path)) return
  const wanted = misfit(field.default, field)
  if (wanted === undefined) return
  const message = `${pathText([...path, 'default'])} is ${shown(field.default)}; ${wanted}.`
  yield finding('manifest-field-default', message, manifest.place([...path, 'default']))
}

function* checkOptions(field: Field, path: JsonPath, manifest: CheckedManifest): Iterable<Finding> {
  if (field.options === undefined) {
    const message = `${pathText(path)} is a ${field.type} without options.`
    yield finding('manifest-field-options', message, manifest.place(path))
  }
  const values = new Set<unknown>()
  for (const [index, { value }] of (field.options ?? []).entries()) {
    if (values.has(value)) {
      const at = [...path, 'options', index, 'value']
      const message = `${pathText(at)} is ${shown(value)}, which another option has as well.`
      yield finding('manifest-field-options', message, manifest.place(at))
    }
    values.add(value)
  }
}

function shown(value: unknown): string {
  return shorten(JSON.stringify(value))
}
