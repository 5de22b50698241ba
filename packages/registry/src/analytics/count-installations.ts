import type { Db, Trx } from '../db/tables.ts'
import { cursorOf, eventsAfter, holdCursor, lastEventNumber, moveCursor } from '../events/event-store.ts'
import { type Counted, countedTypes, installationChange } from './installation-changes.ts'
import { addToDays, type DayChange } from './plugin-day-store.ts'

/** Events counted in one transaction. */
const batch = 500

/**
 * Follows the events about installations and counts them by day. Each is counted once, however many processes do this
 * and wherever one of them stops: how far it came is written with what it counted.
 */
export async function countInstallations(db: Db): Promise<void> {
  // Looked at before a transaction begins, so that nobody waits for one that has nothing to write.
  while ((await cursorOf(db, follower)) < (await lastEventNumber(db))) await db.transaction().execute(countSome)
}

async function countSome(trx: Trx): Promise<void> {
  const events = await eventsAfter(trx, await holdCursor(trx, follower), batch)
  const last = events.at(-1)
  // Another process has counted them.
  if (!last) return
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
  await moveCursor(trx, follower, last.number)
}

const follower = 'analytics'

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
