import { countOf } from '../db/count-of.ts'
import type { Db, EventRow, Trx, WebhookRow } from '../db/tables.ts'
import { toldToTenants } from '../events/event-store.ts'
import type { WebhookAccess } from './webhook-rules.ts'

export async function insertWebhook(trx: Trx, row: WebhookRow): Promise<void> {
  await trx.insertInto('webhooks').values(row).execute()
}

export async function findWebhook(db: Db, access: WebhookAccess, id: string): Promise<WebhookRow | undefined> {
  return webhooksOf(db, access).selectAll().where('id', '=', id).executeTakeFirst()
}

/** The webhooks that somebody sees, newest first. */
export async function listWebhooks(
  db: Db,
  access: WebhookAccess,
  { skip, take }: { skip: number; take: number },
): Promise<{ rows: WebhookRow[]; total: number }> {
  const webhooks = webhooksOf(db, access)
  const rows = await webhooks
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(take)
    .offset(skip)
    .execute()
  return { rows, total: await countOf(webhooks) }
}

/** How many webhooks there are of those that somebody makes. */
export async function countWebhooks(db: Db, access: WebhookAccess): Promise<number> {
  return countOf(webhooksOf(db, access).where('scope', '=', access.scope))
}

export async function setWebhook(db: Db, id: string, set: Partial<WebhookRow>): Promise<void> {
  await db.updateTable('webhooks').set(set).where('id', '=', id).execute()
}

export async function deleteWebhookRow(db: Db, id: string): Promise<void> {
  await db.deleteFrom('webhooks').where('id', '=', id).execute()
}

/** The enabled webhooks to whose scope an event belongs. Owners and tenants are those of this moment. */
export async function webhooksFor(db: Db, event: EventRow): Promise<WebhookRow[]> {
  const { plugin_id: pluginId, tenant_id: tenantId } = event
  // One after the other, each by its index; of all in one, no engine would use any.
  const enabled = db.selectFrom('webhooks').selectAll().where('disabled_at', 'is', null)
  const found = await enabled.where('scope', '=', 'everything').execute()
  if (tenantId !== null) return [...found, ...(await enabled.where('tenant_id', '=', tenantId).execute())]
  if (pluginId === null) return found
  const ofOwners = await enabled
    .where('scope', '=', 'plugins')
    .where('created_by', 'in', (eb) =>
      eb.selectFrom('plugin_owners').select('subject').where('plugin_id', '=', pluginId),
    )
    .execute()
  found.push(...ofOwners)
  if (!toldToTenants.some((type) => type === event.type)) return found
  const ofTenants = await enabled
    .where('tenant_id', 'in', (eb) =>
      eb.selectFrom('installations').select('installations.tenant_id').where('plugin_id', '=', pluginId),
    )
    .execute()
  return [...found, ...ofTenants]
}

function webhooksOf(db: Db, access: WebhookAccess) {
  const webhooks = db.selectFrom('webhooks')
  if (access.scope === 'everything') return webhooks
  if (access.scope === 'tenant') return webhooks.where('tenant_id', '=', access.tenantId)
  return webhooks.where('scope', '=', 'plugins').where('created_by', '=', access.subject)
}
