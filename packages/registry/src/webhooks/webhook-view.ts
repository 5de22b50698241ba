import type { Delivery, DeliveryState, EventType, Webhook } from '@plexica/api'
import type { DeliveryRow, WebhookRow } from '../db/tables.ts'
import { scopeOf } from './webhook-rules.ts'

export function webhookView(row: WebhookRow): Webhook {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    scope: scopeOf(row),
    tenantId: row.tenant_id,
    eventTypes: JSON.parse(row.event_types) as EventType[],
    enabled: row.disabled_at === null,
    disabledReason: row.disabled_reason,
    failingSince: row.failing_since,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

export function deliveryView(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    type: row.type,
    eventNumber: row.event_number,
    state: row.state as DeliveryState,
    attempts: row.attempts,
    lastStatus: row.last_status,
    lastError: row.last_error,
    lastAttemptAt: row.last_attempt_at,
    nextAttemptAt: row.state === 'pending' ? row.next_attempt_at : null,
    createdAt: row.created_at,
  }
}
