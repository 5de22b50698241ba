import { TenantId } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { Subject } from './auth.ts'
import { type EventType, eventTypes } from './events.ts'
import { route } from './route.ts'
import { closed, Paging, page, Time } from './shapes.ts'

/** Whose events a webhook gets: all of them, those of its maker's plugins, or those of its tenant. */
export const webhookScopes = ['everything', 'plugins', 'tenant'] as const
export type WebhookScope = (typeof webhookScopes)[number]

/** `dead`: not tried any more. */
export const deliveryStates = ['pending', 'delivered', 'dead'] as const
export type DeliveryState = (typeof deliveryStates)[number]

const Url = Type.String({ minLength: 1, maxLength: 2_000, description: 'An http or https address without credentials' })
const EventTypes = Type.Array(Type.Enum(Object.keys(eventTypes) as EventType[]), {
  uniqueItems: true,
  maxItems: 100,
  description: 'Types of events; an empty list is every type',
})
const Description = Type.String({ maxLength: 200 })

export const Webhook = Type.Object({
  id: Type.String(),
  url: Url,
  description: Type.Union([Description, Type.Null()]),
  scope: Type.Enum(webhookScopes),
  tenantId: Type.Union([TenantId, Type.Null()]),
  eventTypes: EventTypes,
  enabled: Type.Boolean(),
  disabledReason: Type.Union([Type.String(), Type.Null()]),
  failingSince: Type.Union([Time, Type.Null()], { description: 'The first failure since a delivery succeeded' }),
  createdBy: Subject,
  createdAt: Time,
  updatedAt: Time,
})
export type Webhook = Static<typeof Webhook>

export const Delivery = Type.Object({
  id: Type.String({ description: 'The same at every attempt: the `webhook-id` header' }),
  type: Type.String({ description: 'Type of the event, or `webhook.test`' }),
  eventNumber: Type.Union([Type.Integer(), Type.Null()], { description: 'Null for a test' }),
  state: Type.Enum(deliveryStates),
  attempts: Type.Integer({ minimum: 0 }),
  lastStatus: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Of the last answer; null when there was none',
  }),
  lastError: Type.Union([Type.String(), Type.Null()], { description: 'Why the last attempt failed' }),
  lastAttemptAt: Type.Union([Time, Type.Null()]),
  nextAttemptAt: Type.Union([Time, Type.Null()], { description: 'Null when there will be none' }),
  createdAt: Time,
})
export type Delivery = Static<typeof Delivery>

const Id = Type.String({ maxLength: 64 })
const WebhookParams = Type.Object({ webhookId: Id }, closed)
const DeliveryParams = Type.Object({ webhookId: Id, deliveryId: Id }, closed)

export const webhookRoutes = {
  listWebhooks: route({
    method: 'GET',
    path: '/api/webhooks',
    permission: 'webhook:manage',
    summary: 'Webhooks without their secrets, newest first',
    query: Type.Object(Paging, closed),
    status: 200,
    answer: page('webhooks', Webhook),
    errors: [],
  }),
  createWebhook: route({
    method: 'POST',
    path: '/api/webhooks',
    permission: 'webhook:manage',
    summary: 'Have events sent to an address from now on; this answer is the only time that the secret is shown',
    body: Type.Object(
      { url: Url, eventTypes: Type.Optional(EventTypes), description: Type.Optional(Description) },
      closed,
    ),
    status: 201,
    answer: Type.Object({
      secret: Type.String({ description: '`whsec_` and the key in base64 (Standard Webhooks)' }),
      ...Webhook.properties,
    }),
    errors: ['secrets_unavailable', 'too_many_webhooks'],
  }),
  getWebhook: route({
    method: 'GET',
    path: '/api/webhooks/:webhookId',
    permission: 'webhook:manage',
    summary: 'A webhook without its secret',
    params: WebhookParams,
    status: 200,
    answer: Webhook,
    errors: ['webhook_not_found'],
  }),
  updateWebhook: route({
    method: 'PUT',
    path: '/api/webhooks/:webhookId',
    permission: 'webhook:manage',
    summary: 'Change what is given; `enabled: true` also ends a long failure’s pause',
    params: WebhookParams,
    body: Type.Object(
      {
        url: Type.Optional(Url),
        eventTypes: Type.Optional(EventTypes),
        description: Type.Optional(Description),
        enabled: Type.Optional(Type.Boolean()),
      },
      closed,
    ),
    status: 200,
    answer: Webhook,
    errors: ['webhook_not_found'],
  }),
  deleteWebhook: route({
    method: 'DELETE',
    path: '/api/webhooks/:webhookId',
    permission: 'webhook:manage',
    summary: 'Delete a webhook with its deliveries',
    params: WebhookParams,
    status: 204,
    errors: ['webhook_not_found'],
  }),
  testWebhook: route({
    method: 'POST',
    path: '/api/webhooks/:webhookId/test',
    permission: 'webhook:manage',
    summary: 'Send a delivery of the type `webhook.test`; its deliveries tell what became of it',
    params: WebhookParams,
    status: 201,
    answer: Delivery,
    errors: ['webhook_not_found'],
  }),
  listDeliveries: route({
    method: 'GET',
    path: '/api/webhooks/:webhookId/deliveries',
    permission: 'webhook:manage',
    summary: 'What was sent and what waits, newest first',
    params: WebhookParams,
    query: Type.Object(Paging, closed),
    status: 200,
    answer: page('deliveries', Delivery),
    errors: ['webhook_not_found'],
  }),
  redeliver: route({
    method: 'POST',
    path: '/api/webhooks/:webhookId/deliveries/:deliveryId/redeliver',
    permission: 'webhook:manage',
    summary: 'Send a delivery once more, under the id that it has',
    params: DeliveryParams,
    status: 200,
    answer: Delivery,
    errors: ['webhook_not_found', 'delivery_not_found'],
  }),
}
