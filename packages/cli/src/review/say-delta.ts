import type { SubmissionDelta } from '@plexica/api'
import type { Console } from '../console.ts'
import { bytesText } from '../style.ts'

/** Entries of one section that people see; `--json` has them all. */
const shown = 25
/** Characters of a value of the manifest. */
const valueLength = 80

/** What can be compared on this machine as well as at the registry. */
export type Delta = Pick<SubmissionDelta, 'files' | 'permissions' | 'hosts' | 'packedBytes'> & Partial<SubmissionDelta>
interface Changes<Value> {
  readonly added: Cut<{ name: string; value: Value }>
  readonly removed: Cut<{ name: string; value: Value }>
  readonly changed: Cut<{ name: string; before: Value; after: Value }>
}
interface Cut<Item> {
  readonly items: readonly Item[]
  readonly total: number
}

/** Section by section, what may do harm first: `+` came, `-` went, `~` changed. */
export function sayDelta(console: Console, delta: Delta): void {
  const { manifest, permissions, hosts, parts, files, dependencies, configuration, components } = delta
  const rows = [
    ...nameRows('permissions', permissions),
    ...nameRows('hosts', hosts),
    ...(parts ? nameRows('code', { added: whole(parts.added), removed: whole(parts.removed) }) : []),
    ...(manifest ? changeRows('manifest', manifest, valueText) : []),
    ...(configuration ? changeRows('configuration', configuration, valueText) : []),
    ...(components ? changeRows('components', components, valueText) : []),
    ...(dependencies ? changeRows('dependencies', dependencies, (version) => version) : []),
    ...changeRows('files', files, bytesText),
    ...sizeRow('bundle', delta.bundleBytes),
    ...sizeRow('package', delta.packedBytes),
  ]
  if (rows.length === 0) console.say('  nothing')
  console.table(rows.map((row) => ['', ...row]))
}

function whole(items: readonly string[]): Cut<string> {
  return { items, total: items.length }
}

type Row = [title: string, mark: string, name: string, text: string]

function nameRows(title: string, { added, removed }: { added: Cut<string>; removed: Cut<string> }): Row[] {
  return section(title, [
    ...added.items.map((name): Row => ['', '+', name, '']),
    ...removed.items.map((name): Row => ['', '-', name, '']),
    ...left(added, removed),
  ])
}

function changeRows<Value>(title: string, changes: Changes<Value>, text: (value: Value) => string): Row[] {
  const { added, removed, changed } = changes
  return section(title, [
    ...added.items.map(({ name, value }): Row => ['', '+', name, text(value)]),
    ...changed.items.map(({ name, before, after }): Row => ['', '~', name, `${text(before)} → ${text(after)}`]),
    ...removed.items.map(({ name, value }): Row => ['', '-', name, text(value)]),
    ...left(added, changed, removed),
  ])
}

/** What the registry left out of its lists. */
function left(...lists: readonly Cut<unknown>[]): Row[] {
  const more = lists.reduce((sum, { items, total }) => sum + total - items.length, 0)
  return more === 0 ? [] : [['', '…', `and ${more} more`, '']]
}

function section(title: string, rows: readonly Row[]): Row[] {
  const cut: Row[] = rows.length > shown ? [['', '…', `and ${rows.length - shown} more`, '']] : []
  return [...rows.slice(0, shown), ...cut].map(([, ...row], index) => [index === 0 ? title : '', ...row])
}

function sizeRow(title: string, sizes: SubmissionDelta['packedBytes'] | undefined): Row[] {
  if (sizes === undefined || sizes.before === sizes.after) return []
  const { before, after } = sizes
  const text = before === null ? bytesText(after) : `${bytesText(before)} → ${bytesText(after)}`
  return [[title, before === null ? '+' : '~', text, '']]
}

function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > valueLength ? `${text.slice(0, valueLength)}…` : text
}
