import type { Field } from '@plexica/manifest-schema'
import { fieldDefaults } from '@plexica/manifest-schema/field-defaults'
import type { Field as PuckField } from '@puckeditor/core'
import { ColorControl, ImageControl, ReadOnlyControl } from './field-controls.tsx'

type Fields = Readonly<Record<string, Field>>

export interface PuckFieldOptions {
  /** Where the package's own pictures are shown from. */
  bundleUrl: string | undefined
}

/** The fields of a component as the page editor draws them, by the same names. */
export function puckFields(fields: Fields, options: PuckFieldOptions): Record<string, PuckField> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, puckField(field, field.label ?? name, options)]),
  )
}

/**
 * One field of the manifest as Puck draws it. What Puck has is used as it is; colours and pictures have controls of our
 * own. The value of a type that this page does not know yet is shown, and cannot be lost.
 */
export function puckField(field: Field, label: string, options: PuckFieldOptions): PuckField {
  switch (field.type) {
    case 'text':
    case 'textarea':
      return { type: field.type, label }
    case 'number':
      return { type: 'number', label, ...bounds(field) }
    case 'select':
      return { type: 'select', label, options: optionsOf(field) }
    case 'radio':
      return { type: 'radio', label, options: field.options ?? [] }
    case 'boolean':
      return { type: 'radio', label, options: yesOrNo }
    case 'color':
      return { type: 'custom', label, render: ColorControl }
    case 'image':
      return { type: 'custom', label, render: ImageControl, metadata: { bundleUrl: options.bundleUrl } }
    case 'array':
      return {
        type: 'array',
        label,
        arrayFields: puckFields(field.fields ?? {}, options),
        defaultItemProps: fieldDefaults(field.fields),
        getItemSummary: (item, index) => summaryOf(field.fields ?? {}, item, index),
      }
    case 'object':
      return { type: 'object', label, objectFields: puckFields(field.fields ?? {}, options) }
    case 'slot':
      return { type: 'slot', label }
    default:
      return { type: 'custom', label, render: ReadOnlyControl, metadata: { type: field.type satisfies never } }
  }
}

const yesOrNo = [
  { label: 'Yes', value: true },
  { label: 'No', value: false },
]

function bounds({ min, max, step }: Field) {
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }), ...(step !== undefined && { step }) }
}

/** A list of choices always shows one: where nothing is chosen yet, it says so. */
function optionsOf(field: Field) {
  const options = field.options ?? []
  return field.default === undefined ? [{ label: 'Not chosen', value: undefined }, ...options] : options
}

/** The first words in an item, by which people tell the items of a list apart. */
function summaryOf(fields: Fields, item: Readonly<Record<string, unknown>>, index = 0): string {
  const texts = Object.entries(fields)
    .filter(([, { type }]) => type === 'text' || type === 'textarea')
    .map(([name]) => item[name])
  const words = texts.find((text) => typeof text === 'string' && text.trim() !== '')
  return typeof words === 'string' ? words : `Item ${index + 1}`
}
