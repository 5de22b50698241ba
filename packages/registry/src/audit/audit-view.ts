import type { AuditOutcome, AuditRow as AuditRowView } from '@plexica/api'
import type { AuditRow } from '../db/tables.ts'

export function auditView(row: AuditRow): AuditRowView {
  return {
    number: row.number,
    at: row.happened_at,
    actor: row.actor,
    role: row.role,
    keyId: row.key_id,
    actorTenantId: row.actor_tenant_id,
    address: row.address,
    operation: row.operation,
    pluginId: row.plugin_id,
    version: row.version,
    tenantId: row.tenant_id,
    params: JSON.parse(row.params),
    outcome: row.outcome as AuditOutcome,
    status: row.status,
    code: row.code,
    requestId: row.request_id,
    calls: row.calls,
    hash: row.hash,
  }
}

/** What a tenant sees: of those who are not its members, neither address nor key. */
export function auditViewFor(tenantId: string, row: AuditRow): AuditRowView {
  const view = auditView(row)
  return row.actor_tenant_id === tenantId ? view : { ...view, address: null, keyId: null }
}
