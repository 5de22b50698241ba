import { type PluginTelemetry, variants } from '@plexica/api'
import { compareVersions } from '@plexica/manifest-schema'
import type { Db } from '../db/tables.ts'
import { type ErrorSum, type Scope, sumErrors, sumTimes, type TimeSum, versionsSeen } from './telemetry-store.ts'
import { countTimes, quantile } from './time-buckets.ts'

/** Days for which it is kept, and which one answer may be about. */
export const telemetryDays = 90
const mostVersions = 20
const mostErrorsShown = 20

/** How a plugin does, by version, the newest first, and by variant; those of which nothing is known are left out. */
export async function pluginTelemetry(db: Db, scope: Scope): Promise<PluginTelemetry[]> {
  const seen = (await versionsSeen(db, scope)).toSorted(compareVersions).reverse().slice(0, mostVersions)
  if (seen.length === 0) return []
  const times = await sumTimes(db, scope, seen)
  const errors = await sumErrors(db, scope, seen, mostErrorsShown)
  return seen.flatMap((version) =>
    variants.flatMap((variant) => {
      const isMeant = (row: { version: string; variant: string }) => row.version === version && row.variant === variant
      const [measured, failed] = [times.filter(isMeant), errors.filter(isMeant)]
      if (measured.length === 0 && failed.length === 0) return []
      const load = spreadOf(measured.filter(({ measure }) => measure === 'load'))
      const render = spreadOf(measured.filter(({ measure }) => measure === 'render'))
      return [{ version, variant, load, render, errors: failed.map(errorOf) }]
    }),
  )
}

function spreadOf(rows: readonly TimeSum[]): PluginTelemetry['load'] {
  const counts = new Map(rows.map(({ bucket, count }) => [bucket, count]))
  return { count: countTimes(counts), p50: quantile(counts, 0.5), p95: quantile(counts, 0.95) }
}

function errorOf({ code, component, count, message }: ErrorSum): PluginTelemetry['errors'][number] {
  return { code, component: component === '' ? null : component, count, message: message ?? code.replaceAll('_', ' ') }
}
