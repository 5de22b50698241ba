import type { EventType } from '@plexica/api'
import type { EventRow, Trx } from '../db/tables.ts'
import type { Follower } from '../events/follow-events.ts'
import { isUpdate, notificationPlans, type Running } from './notification-plan.ts'
import { notifyOwners, notifyTenants, type PluginEvent, versionsRunning } from './notification-store.ts'

/** Puts each event into the inboxes of those whom it concerns. */
export const notifier: Follower = {
  name: 'notifications',
  follow: async (trx, events) => {
    for (const event of events) await notify(trx, event)
  },
}

async function notify(trx: Trx, { plugin_id, ...event }: EventRow): Promise<void> {
  const plan = notificationPlans[event.type as EventType]
  if (!plan || plugin_id === null) return
  const happened = { ...event, plugin_id }
  if (plan.owners) await notifyOwners(trx, happened, plan.owners)
  if (plan.tenants) {
    const versions = await versionsThat(trx, plan.tenants.running, happened)
    await notifyTenants(trx, happened, plan.tenants.kind, versions)
  }
}

/** The versions whose tenants are meant; undefined for all. */
async function versionsThat(trx: Trx, running: Running, event: PluginEvent): Promise<string[] | undefined> {
  const { version } = event
  if (running === 'any' || version === null) return undefined
  if (running === 'this') return [version]
  return (await versionsRunning(trx, event.plugin_id)).filter((older) => isUpdate(version, older))
}
