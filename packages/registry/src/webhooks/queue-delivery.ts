import { randomUUID } from 'node:crypto'
import type { DeliveryRow, EventRow, WebhookRow } from '../db/tables.ts'
import { eventView } from '../events/event-view.ts'
import type { Follower } from '../events/follow-events.ts'
import type { World } from '../world.ts'
import { insertDelivery } from './delivery-store.ts'
import { scopeOf, wantsType } from './webhook-rules.ts'
import { webhooksFor } from './webhook-store.ts'

/** Makes a delivery of each event for each webhook that gets it. */
export function deliveryQueue({ now }: Pick<World, 'now'>): Follower {
  return {
    name: 'webhooks',
    follow: async (trx, events) => {
      for (const event of events) {
        for (const webhook of await webhooksFor(trx, event)) {
          if (wantsType(webhook, event.type))
            await insertDelivery(trx, eventDelivery(webhook, event, now().toISOString()))
        }
      }
    },
  }
}

/** The delivery of a test: it tells nothing but that it arrives. */
export function testDelivery(webhook: WebhookRow, at: string): DeliveryRow {
  return newDelivery(webhook, { type: 'webhook.test', number: null, happenedAt: at, data: {} }, at)
}

function eventDelivery(webhook: WebhookRow, event: EventRow, at: string): DeliveryRow {
  // Owners of a plugin are not told who runs it.
  const tenant = scopeOf(webhook) === 'plugins' ? {} : { tenantId: event.tenant_id }
  const data = { ...eventView(event), ...tenant }
  return newDelivery(webhook, { type: event.type, number: event.number, happenedAt: event.happened_at, data }, at)
}

/** The body has the form that Standard Webhooks recommends: type, timestamp and data. */
function newDelivery(
  webhook: WebhookRow,
  about: { type: string; number: number | null; happenedAt: string; data: object },
  at: string,
): DeliveryRow {
  const { type, number, happenedAt, data } = about
  return {
    id: `msg_${randomUUID()}`,
    webhook_id: webhook.id,
    event_number: number,
    type,
    body: JSON.stringify({ type, timestamp: happenedAt, data }),
    state: 'pending',
    attempts: 0,
    next_attempt_at: at,
    last_attempt_at: null,
    last_status: null,
    last_error: null,
    created_at: at,
  }
}
