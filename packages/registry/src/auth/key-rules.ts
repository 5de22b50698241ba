import type { KeyPermission, Role } from '@plexica/api'
import { type Finding, findingsOf, type RuleTable } from '@plexica/manifest-schema'

/** What a new key stands for. */
export interface KeyRequest {
  readonly subject: string
  readonly role: Role
  /** Needed for the roles of a tenant; others may go without. */
  readonly tenantId?: string
  /** The only permissions of the role that it has; all of them when absent. */
  readonly permissions?: readonly KeyPermission[]
  /** The only plugins that it is for. */
  readonly plugins?: readonly string[]
  readonly description?: string
  /** ISO 8601, in the future; a key without it does not expire. */
  readonly expiresAt?: string
}

export const keyRules = {
  'key-tenant': {
    severity: 'error',
    summary: 'A key with a role inside a tenant, without the tenant.',
    fix: 'Name the tenant.',
  },
  'key-expiry': {
    severity: 'error',
    summary: 'A key that would never have been valid.',
    fix: 'Give a time in the future, or none for a key that does not expire.',
  },
} as const satisfies RuleTable

const finding = findingsOf(keyRules)

/** What is wrong with a key's request beyond its form. Paths are those of the request's body. */
export function keyFindings({ role, tenantId, expiresAt }: KeyRequest, now: Date): Finding[] {
  const findings: Finding[] = []
  if (tenantId === undefined && (role === 'tenant-admin' || role === 'tenant-user')) {
    const path = 'body.tenantId'
    findings.push(finding('key-tenant', `${path} is missing: a ${role} belongs to a tenant.`, { path }))
  }
  if (expiresAt !== undefined && !isFuture(expiresAt, now)) {
    const path = 'body.expiresAt'
    findings.push(finding('key-expiry', `${path} must be a time in the future.`, { path }))
  }
  return findings
}

/** Stored times are compared as text, which holds for years of four digits only. */
function isFuture(text: string, now: Date): boolean {
  const time = new Date(text)
  return time > now && time.getUTCFullYear() <= 9999
}
