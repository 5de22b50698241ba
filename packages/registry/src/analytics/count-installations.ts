import type { EventRow, Trx } from '../db/tables.ts'
import type { Follower } from '../events/follow-events.ts'
import { type Counted, countedTypes, installationChange } from './installation-changes.ts'
import { addToDays, type DayChange } from './plugin-day-store.ts'

/** Counts the events about installations by day, each once however many processes do this. */
export const installationCounter: Follower = { name: 'analytics', follow: count }

async function count(trx: Trx, events: readonly EventRow[]): Promise<void> {
  const changes: DayChange[] = []
  const known = new Map<string, { tenantId: string; pluginId: string; counted: Counted }>()
  for (const event of events) {
    const { plugin_id: pluginId, tenant_id: tenantId } = event
    if (pluginId === null || tenantId === null || !isCounted(event.type)) continue
    const key = `${tenantId} ${pluginId}`
    const before = known.has(key) ? known.get(key)?.counted : await findCounted(trx, tenantId, pluginId)
    const { after, change } = installationChange(before, event)
    known.set(key, { tenantId, pluginId, counted: after })
    if (change) changes.push(change)
  }
  for (const { tenantId, pluginId, counted } of known.values()) await setCounted(trx, tenantId, pluginId, counted)
  await addToDays(trx, changes)
}

function isCounted(type: string): boolean {
  return countedTypes.some((counted) => counted === type)
}

async function findCounted(trx: Trx, tenantId: string, pluginId: string): Promise<Counted> {
  const row = await trx
    .selectFrom('counted_installations')
    .select('enabled')
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .executeTakeFirst()
  return row && { enabled: row.enabled === 1 }
}

async function setCounted(trx: Trx, tenantId: string, pluginId: string, counted: Counted): Promise<void> {
  if (!counted) {
    await trx
      .deleteFrom('counted_installations')
      .where('tenant_id', '=', tenantId)
      .where('plugin_id', '=', pluginId)
      .execute()
    return
  }
  const enabled = Number(counted.enabled)
  await trx
    .insertInto('counted_installations')
    .values({ tenant_id: tenantId, plugin_id: pluginId, enabled })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'plugin_id']).doUpdateSet({ enabled }))
    .execute()
}
