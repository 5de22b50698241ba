import type { WebhookRow } from '../db/tables.ts'
import type { Handler } from '../http/handler.ts'
import * as change from './change-webhooks.ts'
import { listDeliveries as listDeliveryRows } from './delivery-store.ts'
import { listWebhooks as listRows } from './webhook-store.ts'
import { deliveryView, webhookView } from './webhook-view.ts'

const listWebhooks: Handler<'listWebhooks'> = async ({ world, principal, query: { skip = 0, take = 20 } }) => {
  const { rows, total } = await listRows(world.db, change.requireAccess(principal), { skip, take })
  return { webhooks: rows.map(webhookView), total }
}

const createWebhook: Handler<'createWebhook'> = async ({ world, principal, body, log, about }) => {
  const { row, secret } = await change.createWebhook(world, principal, body)
  about({ webhookId: row.id })
  log.info({ webhookId: row.id, scope: row.scope, by: row.created_by }, 'webhook made')
  return { secret, ...webhookView(row) }
}

const getWebhook: Handler<'getWebhook'> = async ({ world, params, principal }) =>
  webhookView(await change.requireWebhook(world.db, { ...params, principal }))

const updateWebhook: Handler<'updateWebhook'> = async ({ world, params, principal, body, about }) => {
  const row = await change.updateWebhook(world, { ...params, principal }, body)
  about(tenantOf(row))
  return webhookView(row)
}

const deleteWebhook: Handler<'deleteWebhook'> = async ({ world, params, principal, log, about }) => {
  about(tenantOf(await change.deleteWebhook(world, { ...params, principal })))
  log.info(params, 'webhook deleted')
  return undefined
}

const testWebhook: Handler<'testWebhook'> = async ({ world, params, principal }) =>
  deliveryView(await change.sendTest(world, { ...params, principal }))

const listDeliveries: Handler<'listDeliveries'> = async ({ world, params, principal, query }) => {
  const { skip = 0, take = 20 } = query
  const { id } = await change.requireWebhook(world.db, { ...params, principal })
  const { rows, total } = await listDeliveryRows(world.db, id, { skip, take })
  return { deliveries: rows.map(deliveryView), total }
}

const redeliver: Handler<'redeliver'> = async ({ world, params, principal }) =>
  deliveryView(await change.redeliver(world, { ...params, principal }))

/** Whose business a webhook is, also when a super-admin changes it. */
function tenantOf({ tenant_id: tenantId }: Pick<WebhookRow, 'tenant_id'>): Record<string, string> {
  return tenantId === null ? {} : { tenantId }
}

export const webhookHandlers = {
  listWebhooks,
  createWebhook,
  getWebhook,
  updateWebhook,
  deleteWebhook,
  testWebhook,
  listDeliveries,
  redeliver,
}
