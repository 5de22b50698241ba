import type { EventType } from '@plexica/api'
import { engineOf } from '../db/engine-of.ts'
import type { Trx } from '../db/tables.ts'
import { eventAnnouncement } from './announcements.ts'

/** Something that happened. Nothing in it is secret: whoever may see its plugin or tenant reads all of it. */
export interface NewEvent {
  readonly type: EventType
  /** Whose doing it was; neither streams nor webhooks tell it. */
  readonly actor: string
  /** UTC ISO 8601 */
  readonly at: string
  readonly pluginId?: string
  readonly version?: string
  /** Whose tenant's business it is; without one it is the plugin's. */
  readonly tenantId?: string
  readonly data?: Readonly<Record<string, unknown>>
}

/**
 * Records what happened in the transaction that makes it happen, as the last thing in it: events take their turn, so
 * that their numbers are in the order in which they can be read. Those who follow the events wake when it commits.
 */
export async function appendEvent(trx: Trx, event: NewEvent): Promise<void> {
  await engineOf(trx).takeTurn(trx, 'events')
  await trx
    .insertInto('events')
    .values({
      type: event.type,
      actor: event.actor,
      happened_at: event.at,
      plugin_id: event.pluginId ?? null,
      version: event.version ?? null,
      tenant_id: event.tenantId ?? null,
      data: JSON.stringify(event.data ?? {}),
    })
    .execute()
  await engineOf(trx).announce(trx, eventAnnouncement(event.pluginId))
}
