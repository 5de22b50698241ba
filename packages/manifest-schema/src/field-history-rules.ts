import type { CheckedManifest } from './checked-manifest.ts'
import { type Finding, findingsOf, type RuleTable } from './finding.ts'
import { isObject, type JsonPath, pathText } from './json-path.ts'
import type { Component } from './manifest.ts'
import type { Field } from './manifest-words.ts'

/** What a version says of the fields of those before it, whose values stand in saved pages. */
export const fieldHistoryRules = {
  'manifest-field-formerly': {
    severity: 'error',
    summary:
      'A former name of a field is the name of a field beside it, or of two fields: nobody could say whose it is.',
    fix: 'Remove the name from `formerly`, or rename the field that has it now.',
  },
  'manifest-field-removed': {
    severity: 'error',
    summary: 'A field that stands in `removedFields` is there, or another field takes over what it held.',
    fix: 'Remove the name from `removedFields`, or remove the field.',
  },
} as const satisfies RuleTable
const finding = findingsOf(fieldHistoryRules)

/** The former names of fields that stand beside each other, `at` being the path of them all. */
export function* checkFormerNames(
  fields: Record<string, Field>,
  at: JsonPath,
  manifest: CheckedManifest,
): Iterable<Finding> {
  const taken = new Map<string, string>()
  for (const [name, field] of Object.entries(fields)) {
    const path = [...at, name]
    if (!manifest.sound(path)) continue
    for (const [index, former] of (field.formerly ?? []).entries()) {
      const by = taken.get(former)
      const place = [...path, 'formerly', index]
      if (Object.hasOwn(fields, former)) {
        const message = `${pathText(place)} is "${former}", which is a field itself.`
        yield finding('manifest-field-formerly', message, manifest.place(place))
      } else if (by !== undefined) {
        const message = `${pathText(place)} is "${former}", which ${pathText([...at, by])} takes over already.`
        yield finding('manifest-field-formerly', message, manifest.place(place))
      } else taken.set(former, name)
    }
  }
}

/** The fields of a component that are gone on purpose. */
export function* checkRemovedFields(component: Component, at: JsonPath, manifest: CheckedManifest): Iterable<Finding> {
  const fields = isObject(component.fields) ? component.fields : {}
  for (const [index, removed] of (component.removedFields ?? []).entries()) {
    const place = [...at, 'removedFields', index]
    const heir = Object.entries(fields).find(
      ([name, field]) => manifest.sound([...at, 'fields', name]) && field.formerly?.includes(removed),
    )
    if (Object.hasOwn(fields, removed)) {
      const message = `${pathText(place)} is "${removed}", which is a field of the component.`
      yield finding('manifest-field-removed', message, manifest.place(place))
    } else if (heir !== undefined) {
      const message = `${pathText(place)} is "${removed}", which ${pathText([...at, 'fields', heir[0]])} takes over.`
      yield finding('manifest-field-removed', message, manifest.place(place))
    }
  }
}
