import type { Field } from '@plexica/manifest-schema'
import type { Data } from '@puckeditor/core'
import type { Contribution } from '../contributions.ts'
import { isValues, migrateProps, own } from './migrate-props.ts'

/** What Puck stores of one component on a page; a field of type slot holds more of them. */
export interface PageItem {
  readonly type: string
  readonly props: Readonly<Record<string, unknown>>
}

export function isPageItem(value: unknown): value is PageItem {
  return isValues(value) && typeof own(value, 'type') === 'string' && isValues(own(value, 'props'))
}

/** The type under which a component of a plugin stands in page data: `pluginId/ComponentName`. */
const pluginType = /^[a-z][a-z0-9-]{1,62}\/[A-Z][A-Za-z0-9]{0,63}$/

/** Every type in page data that is a plugin's, those in slots and zones too, each once. */
export function pluginTypesIn(data: unknown): Set<string> {
  const types = new Set<string>()
  const look = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    if (isPageItem(value) && pluginType.test(value.type)) types.add(value.type)
    for (const inner of Object.values(value)) look(inner)
  }
  look(data)
  return types
}

/**
 * Page data with the values of every component under the names that its fields have today, for a platform that stores
 * pages after an update. The editor does the same to an item when it is next changed, so this is never needed to read a
 * page. Returns the very object that was given when nothing changed; what belongs to plugins that are not there stays.
 */
export function migratePageData<PageData extends Partial<Data>>(
  data: PageData,
  contributions: readonly Contribution[],
): PageData {
  const known = new Map(contributions.map((contribution) => [contribution.key, contribution]))
  const migrated = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null) return value
    const contribution = isPageItem(value) ? known.get(value.type) : undefined
    const item = contribution && isPageItem(value) ? migratedItem(value, contribution) : value
    const entries = Object.entries(item).map(([name, inner]) => [name, migrated(inner)] as const)
    if (entries.every(([name, inner]) => inner === item[name as keyof typeof item])) return item as T
    return (Array.isArray(item) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)) as T
  }
  return migrated(data)
}

/**
 * Page data with what is in slots under the names of today, and all else as it is. The editor needs it so: it looks for
 * items in the slots that there are, and what it does not find can neither be seen nor be changed.
 */
export function withSlotsMoved(data: Data, contributions: readonly Contribution[]): Data {
  const moving = contributions.map((contribution) => ({
    ...contribution,
    fields: slotsAmong(contribution.fields),
    removedFields: [],
  }))
  return migratePageData(
    data,
    moving.filter(({ fields }) => Object.keys(fields).length > 0),
  )
}

/** The slots that had another name, and what they stand in. */
function slotsAmong(fields: Contribution['fields']): Record<string, Field> {
  const found = Object.entries(fields).flatMap(([name, { formerly, ...field }]): [string, Field][] => {
    if (field.type === 'slot') {
      const free = formerly?.filter((former) => !Object.hasOwn(fields, former))
      return free ? [[name, { ...field, formerly: free }]] : []
    }
    const inner = slotsAmong(field.fields ?? {})
    return Object.keys(inner).length > 0 ? [[name, { ...field, fields: inner }]] : []
  })
  return Object.fromEntries(found)
}

function migratedItem(item: PageItem, { fields, removedFields }: Contribution): PageItem {
  const { props } = migrateProps(fields, removedFields, item.props)
  return props === item.props ? item : { ...item, props }
}
