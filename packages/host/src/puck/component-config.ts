import type { ComponentConfig, Field as PuckField } from '@puckeditor/core'
import type { Contribution } from '../contributions.ts'
import { guardedField, isGuarded, KeptControl } from './field-controls.tsx'
import { readProps } from './fit-props.ts'
import { migrateProps, own } from './migrate-props.ts'
import { viewOf } from './plugin-view.tsx'
import { puckFields } from './puck-field.ts'

type Values = Readonly<Record<string, unknown>>
type PuckFields = Record<string, PuckField>

const configs = new WeakMap<Contribution, ComponentConfig>()

/** How Puck edits and draws a contribution; the same object for the same contribution, so that nothing renders anew. */
export function componentConfig(contribution: Contribution): ComponentConfig {
  const known = configs.get(contribution)
  if (known) return known
  const { title, fields, defaults, bundleUrl } = contribution
  const config: ComponentConfig = {
    label: title,
    fields: puckFields(fields, { bundleUrl }),
    defaultProps: defaults,
    render: viewOf(contribution.key),
    resolveFields: (item, { fields: drawn, lastFields }) =>
      fieldsFor(contribution, item.props, drawn as PuckFields, lastFields as PuckFields),
    ...(isRenaming(contribution) && {
      resolveData: (item, { trigger, lastData }) =>
        trigger === 'replace' ? writtenItem(contribution, item, lastData?.props ?? {}) : item,
    }),
  }
  configs.set(contribution, config)
  return config
}

/** The fields for one item: as the manifest has them, save where what is saved is not what the component gets. */
function fieldsFor(contribution: Contribution, props: Values, drawn: PuckFields, last: PuckFields): PuckFields {
  const { values, unknown, misfits } = readProps(contribution, props)
  const { props: migrated } = migrateProps(contribution.fields, contribution.removedFields, props)
  const guards = Object.entries(contribution.fields).flatMap(([name, field]): [string, PuckField][] => {
    const control = drawn[name]
    if (!control || control.type === 'slot') return []
    const asSaved = own(values, name) === own(props, name)
    // Once guarded it stays so, because another control would take the focus away from who is typing.
    if (asSaved && !isGuarded(last[name])) return []
    return [[name, guardedField(control.label ?? name, { field, control, moved: own(migrated, name) })]]
  })
  const kept = Object.keys(unknown).length > 0
  if (guards.length === 0 && !kept && misfits.length === 0) return drawn
  return { ...drawn, ...Object.fromEntries(guards), ...(kept && { [keptField]: keptOf(unknown) }) }
}

/** No name of a field, so that it is none's. */
const keptField = 'plexica:kept'

function keptOf(kept: Values): PuckField {
  return { type: 'custom', label: 'Kept from an earlier version', render: KeptControl, metadata: { kept } }
}

/** What is kept of a component that is not there, to be looked at. */
export function absentFields(props: Values): PuckFields {
  const { id: _, ...kept } = props
  const label = 'Kept until the plugin is back'
  return { [keptField]: { type: 'custom', label, render: KeptControl, metadata: { kept } } }
}

function isRenaming({ fields, removedFields }: Contribution): boolean {
  const renames = (inner: Contribution['fields']): boolean =>
    Object.values(inner).some(({ formerly, fields: deeper = {} }) => formerly !== undefined || renames(deeper))
  return removedFields.length > 0 || renames(fields)
}

/**
 * The item as it is written by the change that somebody has just made. Puck merges what it gets into what it has, so
 * what is to go is set to undefined, which JSON leaves out.
 */
function writtenItem<Item extends { props: Values }>(
  { fields, removedFields }: Contribution,
  item: Item,
  before: Values,
): Item {
  // Whoever changes a field that had its value under an earlier name replaces that value. What is in slots is moved by
  // itself, see withSlotsMoved().
  const replaced = Object.entries(fields)
    .filter(([, { type }]) => type !== 'slot')
    .filter(([name]) => own(before, name) === undefined && own(item.props, name) !== undefined)
    .flatMap(([, { formerly = [] }]) => formerly.filter((former) => !Object.hasOwn(fields, former)))
  const { props } = migrateProps(fields, [...removedFields, ...replaced], item.props)
  if (props === item.props) return item
  const gone = Object.keys(item.props).filter((name) => !Object.hasOwn(props, name))
  return { ...item, props: { ...Object.fromEntries(gone.map((name) => [name, undefined])), ...props } }
}
