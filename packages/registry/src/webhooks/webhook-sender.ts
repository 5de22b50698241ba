import type { DeliveryRow, WebhookRow } from '../db/tables.ts'
import { openingKeys } from '../installations/seal-configuration.ts'
import { openSecret } from '../installations/seal-secrets.ts'
import type { World } from '../world.ts'
import { claimDelivery, settleDelivery, webhooksDue } from './delivery-store.ts'
import { type Sent, sendWebhook } from './send-webhook.ts'
import { isLongFailure, nextAttempt } from './webhook-rules.ts'
import { secretPlace } from './webhook-secret.ts'
import { findWebhook, setWebhook } from './webhook-store.ts'

/** Webhooks that one process calls at once. */
const mostAtOnce = 20
/**
 * Milliseconds after which another process may send what one has claimed: far longer than an attempt takes, and than the
 * clocks of machines that serve one registry may differ.
 */
const lease = 60_000

/** Sends what is due: one delivery after the other for each webhook, so that a slow one holds up no other. */
export class WebhookSender {
  readonly #world: World
  readonly #busy = new Map<string, Promise<void>>()
  #isOver = false

  constructor(world: World) {
    this.#world = world
  }

  /** Begins to send what is due by now, and does not wait for it. */
  async start(): Promise<void> {
    const free = mostAtOnce - this.#busy.size
    if (free === 0 || this.#isOver) return
    for (const id of await webhooksDue(this.#world.db, this.#now(), mostAtOnce)) {
      if (this.#busy.has(id) || this.#busy.size === mostAtOnce) continue
      const work = this.#sendAll(id)
        .catch((error: unknown) => this.#world.log.error({ err: error, webhookId: id }, 'sending to a webhook failed'))
        .finally(() => this.#busy.delete(id))
      this.#busy.set(id, work)
    }
  }

  /** Begins nothing new, and waits for what is on its way. */
  async stop(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#busy.values())
  }

  async #sendAll(webhookId: string): Promise<void> {
    const { db } = this.#world
    while (!this.#isOver) {
      const webhook = await findWebhook(db, { scope: 'everything' }, webhookId)
      if (!webhook || webhook.disabled_at !== null) return
      const now = this.#world.now()
      const until = new Date(now.getTime() + lease).toISOString()
      const delivery = await claimDelivery(db, webhookId, { at: now.toISOString(), until })
      if (!delivery) return
      await this.#settle(webhook, delivery, await this.#send(webhook, delivery))
    }
  }

  async #send(webhook: WebhookRow, { id, body }: DeliveryRow): Promise<Sent> {
    const { config, log, now } = this.#world
    let secret: string
    try {
      secret = openSecret(openingKeys(config), secretPlace(webhook), webhook.secret)
    } catch (error) {
      log.error({ err: error, webhookId: webhook.id }, 'a webhook’s secret cannot be opened')
      return { error: 'The registry cannot open the webhook’s secret.' }
    }
    return sendWebhook({ url: webhook.url, id, body, secret, at: now() }, { allowPrivate: config.webhookAllowPrivate })
  }

  async #settle(webhook: WebhookRow, delivery: DeliveryRow, sent: Sent): Promise<void> {
    const now = this.#world.now()
    const at = now.toISOString()
    const status = 'status' in sent ? sent.status : null
    if (status !== null && status >= 200 && status < 300) {
      return this.#write(webhook, delivery, {
        delivery: { state: 'delivered', last_status: status, last_error: null },
        webhook: { failing_since: null },
      })
    }
    const next = nextAttempt({ attempts: delivery.attempts, createdAt: delivery.created_at }, now, Math.random())
    const failing_since = webhook.failing_since ?? at
    const isDisabled = !next && isLongFailure(failing_since, now)
    const reason = `It has taken nothing since ${failing_since}.`
    const error = 'error' in sent ? sent.error : `The answer had the status ${sent.status}.`
    await this.#write(webhook, delivery, {
      delivery: {
        last_status: status,
        last_error: error,
        ...(next ? { next_attempt_at: next.toISOString() } : { state: 'dead' }),
      },
      webhook: { failing_since, ...(isDisabled ? { disabled_at: at, disabled_reason: reason } : {}) },
    })
    this.#world.log.info({ webhookId: webhook.id, deliveryId: delivery.id, error, isDead: !next }, 'delivery failed')
    if (isDisabled) this.#world.log.warn({ webhookId: webhook.id, reason }, 'webhook disabled')
  }

  async #write(
    { id }: WebhookRow,
    delivery: DeliveryRow,
    outcome: { delivery: Partial<DeliveryRow>; webhook: Partial<WebhookRow> },
  ): Promise<void> {
    await this.#world.db.transaction().execute(async (trx) => {
      // In the order in which whoever deletes a webhook takes the rows.
      await setWebhook(trx, id, outcome.webhook)
      await settleDelivery(trx, delivery, outcome.delivery)
    })
  }

  #now(): string {
    return this.#world.now().toISOString()
  }
}
