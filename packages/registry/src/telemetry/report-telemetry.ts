import type { PluginReport } from '@plexica/api'
import { dayOf } from '../days.ts'
import { requireTenant } from '../tenants/tenant-store.ts'
import type { World } from '../world.ts'
import { boundErrors, errorRows, timeRows } from './telemetry-batch.ts'
import { addErrors, addTimes, errorsOn, shownBy, shownKey } from './telemetry-store.ts'

/**
 * Counts what a page of a tenant has seen. What is said of plugins and versions that the tenant does not have is dropped
 * without a word: a page may be older than what was done meanwhile. Pages that tell at the very same moment may bring a
 * few different errors more than are kept apart.
 */
export async function reportTelemetry(
  { db, now }: Pick<World, 'db' | 'now'>,
  { tenantId, reports }: { tenantId: string; reports: readonly PluginReport[] },
): Promise<void> {
  await requireTenant(db, tenantId)
  const shown = await shownBy(db, tenantId, reports)
  const known = reports.filter((report) => shown.has(shownKey(report)))
  const time = now()
  const telling = { tenantId, day: dayOf(time), at: time.toISOString() }
  const times = timeRows(telling, known)
  const errors = errorRows(telling, known)
  if (times.length === 0 && errors.length === 0) return
  const failing = [...new Set(errors.map(({ plugin_id }) => plugin_id))]
  await db.transaction().execute(async (trx) => {
    await addTimes(trx, times)
    await addErrors(trx, boundErrors(errors, await errorsOn(trx, telling, failing)))
  })
}
