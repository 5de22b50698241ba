import { createUsePuck } from '@puckeditor/core'
import type { Contribution } from '../contributions.ts'

/** Of the editor around; throws outside of one. */
export const usePuck = createUsePuck()

/** Starts the names of our categories, so that they are no platform's. */
export const categoryPrefix = 'plexica:'

/**
 * The category of what cannot be inserted, which is not shown. Its title says which fields of which components are
 * slots. Puck keeps categories with the state of the editor, through undo and redo too: so the state tells with which
 * slots its items were found, and the config with which they are to be.
 */
export const hiddenCategory = `${categoryPrefix}absent`

/** Such as `layout/Columns:left layout/Columns:right`. */
export function slotsOf(contributions: readonly Contribution[]): string {
  const paths = (fields: Contribution['fields'], at: string): string[] =>
    Object.entries(fields).flatMap(([name, { type, fields: inner = {} }]) =>
      type === 'slot' ? [`${at}${name}`] : paths(inner, `${at}${name}.`),
    )
  return contributions.flatMap(({ key, fields }) => paths(fields, `${key}:`)).join(' ')
}

/**
 * Whether Puck has found what is in the slots of a type. Before that, a slot that is rendered would take itself for one
 * of Puck's old drop zones, and write an empty one into the page.
 */
export function useSlotsFound(type: string): boolean {
  return usePuck(({ appState, config }) => {
    const found = appState.ui.componentList[hiddenCategory]?.title
    const wanted = config.categories?.[hiddenCategory]?.title
    return found === wanted || slotsOfType(found, type) === slotsOfType(wanted, type)
  })
}

function slotsOfType(slots = '', type: string): string {
  return slots
    .split(' ')
    .filter((slot) => slot.startsWith(`${type}:`))
    .join(' ')
}
