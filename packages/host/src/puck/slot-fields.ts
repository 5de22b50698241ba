import type { Field } from '@plexica/manifest-schema'
import type { Field as PuckField } from '@puckeditor/core'

/** Of the fields of a component, those that Puck has to know to show a page: slots, and what they stand in. */
export function slotFields(fields: Readonly<Record<string, Field>>): Record<string, PuckField> {
  const found = Object.entries(fields).flatMap(([name, { type, fields: deeper = {} }]): [string, PuckField][] => {
    if (type === 'slot') return [[name, { type: 'slot' }]]
    const inner = slotFields(deeper)
    if (Object.keys(inner).length === 0) return []
    return [[name, type === 'array' ? { type, arrayFields: inner } : { type: 'object', objectFields: inner }]]
  })
  return Object.fromEntries(found)
}
