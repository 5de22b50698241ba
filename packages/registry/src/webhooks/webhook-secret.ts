import type { WebhookRow } from '../db/tables.ts'
import type { SecretPlace } from '../installations/seal-secrets.ts'

/** What a webhook's secret is bound to: no plugin and no configuration has such a name. */
export function secretPlace({ id, tenant_id }: Pick<WebhookRow, 'id' | 'tenant_id'>): SecretPlace {
  return { tenantId: tenant_id ?? '', pluginId: '', name: `webhook ${id}` }
}

/** The id of the webhook whose secret has this name. */
export function webhookOf(name: string): string {
  return name.slice('webhook '.length)
}
