import { isIP } from 'node:net'
import { type ErrorCode, errors, type Operation, type Route } from '@plexica/api'
import type { Request } from 'express'
import { isApiKey } from '../auth/api-key.ts'
import type { Principal } from '../auth/principal.ts'
import type { AuditEntry } from './audit-chain.ts'

/** Parts of an address come from strangers: short, and without what would move a terminal's cursor. */
const mostCharacters = 200

/** Parts that an address could name: `pluginId`, `version`, `keyId`. Never what is secret. */
export type About = (parts: Readonly<Record<string, string>>) => void

/** One call as the audit keeps it: who, what, on what, from where, with which outcome. */
export function auditEntry(
  request: Pick<Request, 'params' | 'id' | 'ip'>,
  call: {
    operation: Operation
    principal: Principal
    /** What the handler has said beside the address. */
    about: Readonly<Record<string, string>>
    status: number
    code: ErrorCode | null
    at: Date
  },
): AuditEntry {
  const { operation, principal, about, status, code, at } = call
  const known = principal.kind === 'anonymous' ? undefined : principal
  const params = Object.fromEntries(
    Object.entries({ ...about, ...request.params }).map(([name, value]) => [name, readable([value].flat().join('/'))]),
  )
  return {
    happened_at: at.toISOString(),
    actor: known?.subject ?? 'anonymous',
    role: known?.role ?? null,
    key_id: known?.keyId ?? null,
    actor_tenant_id: known?.tenantId ?? null,
    address: addressOf(request),
    operation,
    plugin_id: params.pluginId ?? null,
    version: params.version ?? null,
    tenant_id: params.tenantId ?? known?.tenantId ?? null,
    params: JSON.stringify(params),
    outcome: status < 400 ? 'done' : status < 500 ? 'refused' : 'failed',
    status,
    code,
    request_id: request.id,
    calls: 1,
  }
}

/** Whether a call is to change something. What pages tell of plugins is no change, and would be most of the audit. */
export function isChange({ method, permission }: Pick<Route, 'method' | 'permission'>): boolean {
  return method !== 'GET' && permission !== 'telemetry:report'
}

/** Whether a call belongs into the audit: every change, tried or done, and every look at what is not the caller's. */
export function isAudited(row: Route, code: ErrorCode, { atDoor }: { atDoor: boolean }): boolean {
  const { status } = errors[code]
  // At the door, a 404 hides another tenant.
  return isChange(row) || status === 401 || status === 403 || (atDoor && status === 404)
}

/** The caller's address; IPv4 as people write it. */
export function addressOf({ ip = '' }: Pick<Request, 'ip'>): string {
  const address = ip.replace(/^::ffff:(?=\d+\.)/, '')
  return isIP(address) === 0 ? 'unknown' : address
}

/** Somebody may take a key for an id. */
function readable(text: string): string {
  if (isApiKey(text)) return '(a key)'
  return text.slice(0, mostCharacters).replace(/[\p{C}\p{Surrogate}]/gu, '?')
}
