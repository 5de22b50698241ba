import { randomUUID } from 'node:crypto'
import type { BodyOf, Routes } from '@plexica/api'
import { known, type Principal } from '../auth/principal.ts'
import type { Db, DeliveryRow, WebhookRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { sealSecret } from '../installations/seal-secrets.ts'
import type { World } from '../world.ts'
import { findDelivery, insertDelivery, requeueDelivery } from './delivery-store.ts'
import { testDelivery } from './queue-delivery.ts'
import { newWebhookSecret } from './sign-webhook.ts'
import { mostWebhooks, urlFindings, type WebhookAccess, webhookAccess } from './webhook-rules.ts'
import { secretPlace } from './webhook-secret.ts'
import { countWebhooks, deleteWebhookRow, findWebhook, insertWebhook, setWebhook } from './webhook-store.ts'

/** Which webhook, and who asks. */
export interface WebhookAct {
  readonly webhookId: string
  readonly principal: Principal
}

/** Has the events of the caller's scope sent to an address; the secret is in this answer and, sealed, in the table. */
export async function createWebhook(
  world: World,
  principal: Principal,
  { url, eventTypes = [], description }: BodyOf<Routes['createWebhook']>,
): Promise<{ row: WebhookRow; secret: string }> {
  refuseUrl(world, url)
  const { secretKey } = world.config
  if (!secretKey) throw new RegistryError('secrets_unavailable', 'The registry has no key to seal the secret with.')
  const access = requireAccess(principal)
  const id = randomUUID()
  const tenantId = access.scope === 'tenant' ? access.tenantId : null
  const secret = newWebhookSecret()
  const at = world.now().toISOString()
  const row: WebhookRow = {
    id,
    url,
    description: description ?? null,
    scope: access.scope,
    tenant_id: tenantId,
    event_types: JSON.stringify(eventTypes),
    secret: sealSecret(secretKey, secretPlace({ id, tenant_id: tenantId }), secret),
    disabled_at: null,
    disabled_reason: null,
    failing_since: null,
    created_by: known(principal).subject,
    created_at: at,
    updated_at: at,
  }
  await world.db.transaction().execute(async (trx) => {
    if ((await countWebhooks(trx, access)) >= mostWebhooks) {
      throw new RegistryError('too_many_webhooks', `There are ${mostWebhooks} webhooks already.`)
    }
    await insertWebhook(trx, row)
  })
  return { row, secret }
}

export async function updateWebhook(
  world: World,
  act: WebhookAct,
  { url, eventTypes, description, enabled }: BodyOf<Routes['updateWebhook']>,
): Promise<WebhookRow> {
  if (url !== undefined) refuseUrl(world, url)
  const before = await requireWebhook(world.db, act)
  const at = world.now().toISOString()
  await setWebhook(world.db, before.id, {
    ...(url === undefined ? {} : { url }),
    ...(eventTypes === undefined ? {} : { event_types: JSON.stringify(eventTypes) }),
    ...(description === undefined ? {} : { description }),
    ...(enabled === true ? { disabled_at: null, disabled_reason: null, failing_since: null } : {}),
    ...(enabled === false ? { disabled_at: before.disabled_at ?? at } : {}),
    updated_at: at,
  })
  return requireWebhook(world.db, act)
}

/** Gives what it was. */
export async function deleteWebhook(world: World, act: WebhookAct): Promise<WebhookRow> {
  const row = await requireWebhook(world.db, act)
  await deleteWebhookRow(world.db, row.id)
  return row
}

/** Sends a test as soon as the deliveries before it are sent. */
export async function sendTest(world: World, act: WebhookAct): Promise<DeliveryRow> {
  const webhook = await requireWebhook(world.db, act)
  const row = testDelivery(webhook, world.now().toISOString())
  await insertDelivery(world.db, row)
  world.bus.wake()
  return row
}

export async function redeliver(world: World, act: WebhookAct & { readonly deliveryId: string }): Promise<DeliveryRow> {
  const { id } = await requireWebhook(world.db, act)
  const find = async () => {
    const row = await findDelivery(world.db, id, act.deliveryId)
    if (!row) throw new RegistryError('delivery_not_found', `The webhook has no delivery ${act.deliveryId}.`)
    return row
  }
  const before = await find()
  await requeueDelivery(world.db, before.id, world.now().toISOString())
  world.bus.wake()
  return find()
}

/** Throws `webhook_not_found` for one that is somebody else's, as for one that is not there. */
export async function requireWebhook(db: Db, { webhookId, principal }: WebhookAct): Promise<WebhookRow> {
  const row = await findWebhook(db, requireAccess(principal), webhookId)
  if (!row) throw new RegistryError('webhook_not_found', `There is no webhook ${webhookId}.`)
  return row
}

export function requireAccess(principal: Principal): WebhookAccess {
  const access = webhookAccess(known(principal))
  if (!access) throw new RegistryError('not_allowed', 'Your key has no plugins and no tenant to have events of.')
  return access
}

function refuseUrl({ config }: World, url: string): void {
  const findings = urlFindings(url, config.webhookAllowPrivate)
  if (findings.length > 0) throw new RegistryError('request_invalid', findings[0]?.message, { findings })
}
