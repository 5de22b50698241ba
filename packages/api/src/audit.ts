import { PluginId, TenantId } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { Actor } from './auth.ts'
import { route } from './route.ts'
import { closed, Time } from './shapes.ts'

export const auditOutcomes = ['done', 'refused', 'failed'] as const
export const AuditOutcome = Type.Enum(auditOutcomes, {
  description: '`refused`: the caller’s doing, 4xx; `failed`: the registry’s, 5xx',
})
export type AuditOutcome = Static<typeof AuditOutcome>

const Text = Type.Union([Type.String(), Type.Null()])

/** One call that changed something or was not allowed. Never holds bodies and secrets. */
export const AuditRow = Type.Object({
  number: Type.Integer({ minimum: 1, description: 'Without gaps' }),
  at: Time,
  actor: Type.String({ description: '`anonymous` without a key' }),
  role: Text,
  keyId: Text,
  actorTenantId: Text,
  address: Text,
  operation: Type.String({ description: 'As the OpenAPI document names it; `*` for many of a flood together' }),
  pluginId: Text,
  version: Text,
  tenantId: Text,
  params: Type.Record(Type.String(), Type.String(), { description: 'All that the address names' }),
  outcome: AuditOutcome,
  status: Type.Integer(),
  code: Text,
  requestId: Type.String(),
  calls: Type.Integer({ minimum: 1, description: 'Refused calls of one kind within a second are one row' }),
  hash: Type.String({ description: 'SHA-256 over the hash of the row before and this row' }),
})
export type AuditRow = Static<typeof AuditRow>

const Filters = {
  actor: Type.Optional(Actor),
  operation: Type.Optional(Type.String({ pattern: '^([A-Za-z]{1,100}|\\*)$' })),
  pluginId: Type.Optional(PluginId),
  outcome: Type.Optional(AuditOutcome),
  from: Type.Optional(Time),
  to: Type.Optional(Time),
  before: Type.Optional(
    Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Only rows with a smaller number' }),
  ),
  take: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
}
const answer = Type.Object({
  rows: Type.Array(AuditRow),
  next: Type.Union([Type.Integer(), Type.Null()], { description: 'What to give as `before` for the next page' }),
})

export const auditRoutes = {
  listAudit: route({
    method: 'GET',
    path: '/api/audit',
    permission: 'audit:read',
    summary: 'Who changed what, and who was refused, newest first',
    query: Type.Object({ ...Filters, tenantId: Type.Optional(TenantId) }, closed),
    status: 200,
    answer,
    errors: [],
  }),
  listTenantAudit: route({
    method: 'GET',
    path: '/api/tenants/:tenantId/audit',
    permission: 'audit:read-tenant',
    summary: 'The same for what concerns one tenant, newest first',
    params: Type.Object({ tenantId: TenantId }, closed),
    query: Type.Object(Filters, closed),
    status: 200,
    answer,
    errors: ['tenant_not_found'],
  }),
}
