import type { Field } from '@plexica/manifest-schema'

type Fields = Readonly<Record<string, Field>>
type Values = Readonly<Record<string, unknown>>

export interface MigratedProps {
  /** Under the names of today, with what nobody knows any more. The very object that was given when nothing changed. */
  readonly props: Values
  /** Path → value of what no field of today stands for, such as `subtitle` or `links[0].colour`. */
  readonly unknown: Values
}

/**
 * What a page has saved for a component, as the fields of today name it: a value under an earlier name (`formerly`)
 * moves to the field that has none yet, what was removed on purpose is dropped, and every other value stays.
 */
export function migrateProps(fields: Fields, removedFields: readonly string[], props: Values): MigratedProps {
  const unknown: Record<string, unknown> = {}
  const migrated = migrateValues(fields, props, { at: '', removedFields, unknown })
  // The name that every item of a page has.
  delete unknown.id
  return { props: migrated, unknown }
}

/** The same for the value of one field. */
export function migrateValue(field: Field, value: unknown): unknown {
  return migrateInside(field, value, { at: '', removedFields: [], unknown: {} })
}

interface Place {
  readonly at: string
  readonly removedFields: readonly string[]
  readonly unknown: Record<string, unknown>
}

function migrateValues(fields: Fields, values: Values, { at, removedFields, unknown }: Place): Values {
  const moves = movesOf(fields, values)
  const moved = new Set(moves.values())
  let changed = moves.size > 0
  const entries: [string, unknown][] = []
  for (const [name, value] of Object.entries(values)) {
    const today = moves.get(name) ?? name
    const path = at === '' ? today : `${at}.${today}`
    const field = own(fields, today)
    // An empty place that something moves to.
    if (moved.has(name)) continue
    if (field) {
      const inside = migrateInside(field, value, { at: path, removedFields: [], unknown })
      changed ||= inside !== value
      entries.push([today, inside])
    } else if (removedFields.includes(name)) {
      changed = true
    } else {
      if (value !== undefined) unknown[path] = value
      entries.push([name, value])
    }
  }
  return changed ? Object.fromEntries(entries) : values
}

/** Earlier name → name of today, for values that are to move. A name that a field of today has is no earlier name. */
function movesOf(fields: Fields, values: Values): Map<string, string> {
  const moves = new Map<string, string>()
  for (const [name, { type, formerly = [] }] of Object.entries(fields)) {
    if (isWritten(own(values, name), type)) continue
    const earlier = formerly.find(
      (former) => !Object.hasOwn(fields, former) && isWritten(own(values, former), type) && !moves.has(former),
    )
    if (earlier !== undefined) moves.set(earlier, name)
  }
  return moves
}

/** Puck gives every slot that has nothing in it an empty list. */
function isWritten(value: unknown, type: Field['type']): boolean {
  return value !== undefined && !(type === 'slot' && Array.isArray(value) && value.length === 0)
}

function migrateInside(field: Field, value: unknown, place: Place): unknown {
  const { fields = {} } = field
  if (field.type === 'object' && isValues(value)) return migrateValues(fields, value, place)
  if (field.type !== 'array' || !Array.isArray(value)) return value
  const items = value.map((item, index) =>
    isValues(item) ? migrateValues(fields, item, { ...place, at: `${place.at}[${index}]` }) : item,
  )
  return items.some((item, index) => item !== value[index]) ? items : value
}

export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Names come from manifests and pages: `constructor` is one like any other. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
