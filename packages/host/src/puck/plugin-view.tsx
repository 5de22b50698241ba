import type { ReactElement } from 'react'
import type { Contribution } from '../contributions.ts'
import { PluginComponent, useExtensionPoint, usePlugins } from '../react.tsx'
import { useSlotsFound } from './editor-state.ts'
import { readProps } from './fit-props.ts'
import { own } from './migrate-props.ts'
import { renderedValues } from './rendered-values.ts'

/** The extension point of the page editor. */
export const puckPoint = 'puck'

/** What Puck gives to the component of an item. */
interface ItemProps {
  readonly id: string
  readonly puck?: { readonly isEditing?: boolean; readonly metadata?: { readonly plexica?: AbsentComponent } }
  readonly [name: string]: unknown
}

/** What can be said of a component that is not there. */
export interface AbsentComponent {
  /** The plugin's name where it was ever known, else its id. */
  readonly pluginName: string
}

const views = new Map<string, (props: ItemProps) => ReactElement>()

/**
 * The component that stands for one type in page data, whether its plugin is there or not. The same function for ever:
 * with another one React would start the plugin's component anew after each change of its configuration.
 */
export function viewOf(type: string): (props: ItemProps) => ReactElement {
  const known = views.get(type)
  if (known) return known
  const view = (props: ItemProps) => <PluginView type={type} props={props} />
  views.set(type, view)
  return view
}

function PluginView({ type, props }: { type: string; props: ItemProps }) {
  const { contributions } = useExtensionPoint(puckPoint)
  const contribution = contributions.find(({ key }) => key === type)
  const editing = props.puck?.isEditing === true
  if (!contribution) return editing ? <Placeholder type={type} absent={props.puck?.metadata?.plexica} /> : null
  return editing ? (
    <EditedItem contribution={contribution} props={props} />
  ) : (
    <Item contribution={contribution} props={props} slots />
  )
}

interface PlacedItem {
  contribution: Contribution
  props: ItemProps
}

function EditedItem({ contribution, props }: PlacedItem) {
  return <Item contribution={contribution} props={props} slots={useSlotsFound(contribution.key)} />
}

function Item({ contribution, props, slots }: PlacedItem & { slots: boolean }) {
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

const box = { padding: '24px', border: '1px dashed currentColor', borderRadius: '8px', textAlign: 'center' } as const

/** Stands in the editor for what is not there. Visitors of the page see nothing in its place. */
function Placeholder({ type, absent }: { type: string; absent: AbsentComponent | undefined }) {
  const id = type.split('/')[0] ?? type
  const plugin = usePlugins().find((known) => known.id === id)
  const name = plugin?.name ?? absent?.pluginName ?? id
  return (
    <p role="note" data-plexica-absent={type} style={box}>
      {plugin?.state.status === 'loading'
        ? `${name} is loading.`
        : plugin?.state.status === 'failed'
          ? `${name} cannot be shown: ${plugin.state.reason.message} What was written here is kept.`
          : plugin
            ? `${name} has no such component any more; what was written here is kept.`
            : `${name} is not active; what was written here is kept.`}
    </p>
  )
}
