import type { ReactElement } from 'react'
import type { Contribution } from '../contributions.ts'
import { PluginComponent, useExtensionPoint } from '../react.tsx'
import { readProps } from './fit-props.ts'
import { own } from './migrate-props.ts'
import { renderedValues } from './rendered-values.ts'

/** The extension point of the page editor. */
export const puckPoint = 'puck'

/** What Puck gives to the component of an item. */
export interface ItemProps {
  readonly id: string
  readonly puck?: { readonly isEditing?: boolean; readonly metadata?: { readonly plexica?: AbsentComponent } }
  readonly [name: string]: unknown
}

/** What can be said of a component that is not there. */
export interface AbsentComponent {
  /** The plugin's name where it was ever known, else its id. */
  readonly pluginName: string
}

export type ItemView = (props: ItemProps) => ReactElement

/** What a plugin contributes as this type at this moment. */
export function useContribution(type: string): Contribution | undefined {
  const { contributions } = useExtensionPoint(puckPoint)
  return contributions.find(({ key }) => key === type)
}

const views = new Map<string, ItemView>()

/**
 * The component that stands for one type on a page, whether its plugin is there or not: visitors see nothing in the
 * place of one that is gone. The same function for ever: with another one React would start the plugin's component anew
 * after each change of its configuration.
 */
export function shownViewOf(type: string): ItemView {
  const known = views.get(type)
  if (known) return known
  const view: ItemView = (props) => <ShownItem type={type} props={props} />
  views.set(type, view)
  return view
}

function ShownItem({ type, props }: { type: string; props: ItemProps }) {
  const contribution = useContribution(type)
  return contribution ? <PluginItem contribution={contribution} props={props} slots /> : null
}

interface PluginItemProps {
  contribution: Contribution
  props: ItemProps
  /** Whether Puck has made components of slots. */
  slots: boolean
}

/** One item of a page, with the values of its fields as the component is to get them. */
export function PluginItem({ contribution, props, slots }: PluginItemProps) {
  const values = componentProps(contribution, props, slots)
  return <PluginComponent contribution={contribution} props={values} attempt={JSON.stringify(values)} />
}

/**
 * The values of its fields, those in slots as components to be rendered. Not `puck`, `editMode` and `id`: a component
 * is the same in the editor and on the page, and does not come to depend on one editor.
 */
function componentProps(
  contribution: Contribution,
  { id: _, puck, editMode: __, ...props }: ItemProps,
  slots: boolean,
) {
  const stored = puck?.isEditing ? withoutFilledIn(contribution, props) : props
  const { values } = readProps(contribution, stored)
  const { fields, bundleUrl, frame } = contribution
  return renderedValues(fields, values, { bundleUrl, slots, framed: frame !== undefined })
}

/**
 * Puck fills in defaults before it renders in the editor. Where a field still has its value under an earlier name, the
 * default must not hide it.
 */
function withoutFilledIn({ fields, defaults }: Contribution, props: Readonly<Record<string, unknown>>) {
  const filledIn = Object.entries(fields).filter(
    ([name, { formerly = [] }]) =>
      formerly.some((former) => own(props, former) !== undefined) &&
      JSON.stringify(own(props, name)) === JSON.stringify(own(defaults, name)),
  )
  const names = new Set(filledIn.map(([name]) => name))
  return names.size === 0 ? props : Object.fromEntries(Object.entries(props).filter(([name]) => !names.has(name)))
}
