import type { Field } from '@plexica/manifest-schema'
import { fieldDefaults } from '@plexica/manifest-schema/field-defaults'
import { misfit } from '@plexica/manifest-schema/field-misfit'
import { isValues, migrateProps, own } from './migrate-props.ts'

type Fields = Readonly<Record<string, Field>>
type Values = Readonly<Record<string, unknown>>

/** A saved value that its field does not take. */
export interface Misfit {
  /** Such as `stars` or `quotes[1].stars`. */
  readonly path: string
  readonly value: unknown
  /** What it should be, completing a sentence: "it must be a number". */
  readonly wanted: string
}

export interface ReadProps {
  /** A value for every field that has one or a default, and nothing else. */
  readonly values: Values
  readonly misfits: readonly Misfit[]
  /** Path → value of what is kept although no field stands for it. */
  readonly unknown: Values
}

/** What a component is rendered with, of what a page has saved for it, by the rules that hold when it is published. */
export function readProps(
  { fields, removedFields }: { fields: Fields; removedFields: readonly string[] },
  props: Values,
): ReadProps {
  const { props: migrated, unknown } = migrateProps(fields, removedFields, props)
  const misfits: Misfit[] = []
  const fitted = fitValues(fields, migrated, '', misfits)
  const names = Object.keys(fields).filter((name) => Object.hasOwn(fitted, name))
  return { values: Object.fromEntries(names.map((name) => [name, fitted[name]])), misfits, unknown }
}

/** The value where it fits, else the field's default. The very object that was given when nothing changed. */
export function fitValue(field: Field, value: unknown, path: string, misfits: Misfit[]): unknown {
  if (value === undefined) return defaultOf(field)
  if (field.type === 'slot') return value
  const { fields = {} } = field
  if (field.type === 'object' && isValues(value)) return fitValues(fields, value, path, misfits)
  if (field.type === 'array' && Array.isArray(value)) return fitItems(fields, value, path, misfits)
  // A type that this page does not know yet has no rule, and its value is left as it is.
  const wanted = misfit(value, field)
  if (wanted === undefined) return value
  misfits.push({ path, value, wanted })
  return defaultOf(field)
}

/** Keeps what no field stands for: whoever edits one value of an object must not lose the others. */
function fitValues(fields: Fields, values: Values, at: string, misfits: Misfit[]): Values {
  const fitted: Record<string, unknown> = { ...values }
  let changed = false
  for (const [name, field] of Object.entries(fields)) {
    const value = own(values, name)
    const fitting = fitValue(field, value, at === '' ? name : `${at}.${name}`, misfits)
    if (fitting === value) continue
    changed = true
    if (fitting === undefined) delete fitted[name]
    else fitted[name] = fitting
  }
  return changed ? fitted : values
}

function fitItems(fields: Fields, items: readonly unknown[], at: string, misfits: Misfit[]): readonly unknown[] {
  const fitted = items.map((item, index) => {
    const path = `${at}[${index}]`
    if (isValues(item)) return fitValues(fields, item, path, misfits)
    misfits.push({ path, value: item, wanted: 'it must be an object `{…}`' })
    return fieldDefaults(fields)
  })
  return fitted.some((item, index) => item !== items[index]) ? fitted : items
}

function defaultOf(field: Field): unknown {
  return fieldDefaults({ field }).field
}
