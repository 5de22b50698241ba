import type { PluginReport } from '@plexica/api'
import { forms } from '@plexica/manifest-schema'
import type { TelemetryErrorRow, TelemetryTimeRow } from '../db/tables.ts'
import { bucketOf } from './time-buckets.ts'

/** Whose pages told it, and when. */
export interface Telling {
  readonly tenantId: string
  readonly day: string
  /** UTC ISO 8601 */
  readonly at: string
}

/** What is measured of a plugin: until its bundle has run, and until a component stands in the page. */
export const measures = ['load', 'render'] as const

/** The times of some reports, as rows to be added; in one order, so that no two transactions wait for each other. */
export function timeRows({ tenantId, day }: Telling, reports: readonly PluginReport[]): TelemetryTimeRow[] {
  const rows = new Map<string, TelemetryTimeRow>()
  for (const { pluginId, version, variant, loads = [], renders = [] } of reports) {
    for (const [measure, times] of [['load', loads] as const, ['render', renders] as const]) {
      for (const time of times) {
        const what = {
          tenant_id: tenantId,
          plugin_id: pluginId,
          day,
          version,
          variant,
          measure,
          bucket: bucketOf(time),
        }
        const key = Object.values(what).join(' ')
        rows.set(key, { ...what, count: (rows.get(key)?.count ?? 0) + 1 })
      }
    }
  }
  return inOrder(rows)
}

/** The errors of some reports, in the same way. Components are named only as manifests can name them. */
export function errorRows({ tenantId, day, at }: Telling, reports: readonly PluginReport[]): TelemetryErrorRow[] {
  const rows = new Map<string, TelemetryErrorRow>()
  for (const { pluginId, version, variant, errors = [] } of reports) {
    for (const { code, component = '', message } of errors) {
      add(rows, {
        tenant_id: tenantId,
        plugin_id: pluginId,
        day,
        version,
        variant,
        code,
        component: isComponentName.test(component) ? component : '',
        count: 1,
        message: readable(message),
        last_at: at,
      })
    }
  }
  return inOrder(rows)
}

/** Different errors of one plugin of a tenant that are kept apart on a day: so many with their component, so many in all. */
export const mostErrors = { named: 50, all: 100 } as const

/** What all others are counted under. */
export const otherErrors = 'other'

/**
 * The same errors with no more different ones than are kept apart: beyond that the component is not told any more, and
 * then not even the code, which strangers may invent as well.
 * @param known those that stand in the table for these plugins on this day.
 */
export function boundErrors(
  rows: readonly TelemetryErrorRow[],
  known: readonly Pick<TelemetryErrorRow, ErrorKey>[],
): TelemetryErrorRow[] {
  const keys = new Set(known.map(keyOf))
  const counts = new Map<string, { named: number; all: number }>()
  const count = ({ plugin_id, component }: Pick<TelemetryErrorRow, 'plugin_id' | 'component'>) => {
    const { named = 0, all = 0 } = counts.get(plugin_id) ?? {}
    counts.set(plugin_id, { named: named + Number(component !== ''), all: all + 1 })
  }
  for (const one of known) count(one)
  const hasRoom = (row: TelemetryErrorRow) => {
    const { named = 0, all = 0 } = counts.get(row.plugin_id) ?? {}
    return row.component === '' ? all < mostErrors.all : named < mostErrors.named && all < mostErrors.all
  }
  const bounded = new Map<string, TelemetryErrorRow>()
  for (const row of rows) {
    const choices = [row, { ...row, component: '' }]
    const chosen = choices.find((choice) => keys.has(keyOf(choice)) || hasRoom(choice)) ?? {
      ...row,
      component: '',
      code: otherErrors,
    }
    if (!keys.has(keyOf(chosen))) count(chosen)
    keys.add(keyOf(chosen))
    add(bounded, chosen)
  }
  return inOrder(bounded)
}

const errorKey = ['plugin_id', 'version', 'variant', 'code', 'component'] as const
export type ErrorKey = (typeof errorKey)[number]

function keyOf(row: Pick<TelemetryErrorRow, ErrorKey>): string {
  return errorKey.map((name) => row[name]).join(' ')
}

function add(rows: Map<string, TelemetryErrorRow>, row: TelemetryErrorRow): void {
  rows.set(keyOf(row), { ...row, count: row.count + (rows.get(keyOf(row))?.count ?? 0) })
}

function inOrder<Row>(rows: ReadonlyMap<string, Row>): Row[] {
  return [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

const isComponentName = new RegExp(forms.componentName.pattern)

/** A message is a stranger's: what would move a terminal's cursor, or turn a line around, is taken out. */
function readable(message: string): string {
  return message.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
