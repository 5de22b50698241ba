import type { Field } from '@plexica/manifest-schema'
import { isValues, own } from './migrate-props.ts'

type Fields = Readonly<Record<string, Field>>

/** Where a picture of an `image` field is: those of the package (`assets/…`) stand beside its bundle. */
export function pictureAddress(value: string, bundleUrl: string | undefined): string {
  return value.startsWith('assets/') ? (URL.parse(value, bundleUrl)?.href ?? value) : value
}

export interface Rendering {
  readonly bundleUrl: string | undefined
  /** Whether Puck has made components of slots; for a moment after a plugin came it has not. */
  readonly slots: boolean
  /** Whether it runs in a frame of its own, into which no components can be given. */
  readonly framed: boolean
}

/**
 * The values of fields as a component gets them: pictures with their address, slots as components that render what is
 * in them, however deep they are.
 */
export function renderedValues(
  fields: Fields,
  values: Readonly<Record<string, unknown>>,
  rendering: Rendering,
): Record<string, unknown> {
  const given = Object.entries(values).filter(([name]) => !rendering.framed || own(fields, name)?.type !== 'slot')
  const rendered = given.map(([name, value]) => {
    const field = own(fields, name)
    return [name, field ? renderedValue(field, value, rendering) : value]
  })
  return Object.fromEntries(rendered)
}

function renderedValue(field: Field, value: unknown, rendering: Rendering): unknown {
  const { type, fields = {} } = field
  if (type === 'image' && typeof value === 'string') return pictureAddress(value, rendering.bundleUrl)
  if (type === 'slot') return rendering.slots && typeof value === 'function' ? value : EmptySlot
  if (type === 'object' && isValues(value)) return renderedValues(fields, value, rendering)
  if (type !== 'array' || !Array.isArray(value)) return value
  return value.map((item) => (isValues(item) ? renderedValues(fields, item, rendering) : item))
}

function EmptySlot() {
  return null
}
