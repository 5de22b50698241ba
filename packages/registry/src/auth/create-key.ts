import { randomUUID } from 'node:crypto'
import type { ApiKey, Role } from '@plexica/api'
import { RegistryError } from '../http/registry-error.ts'
import { findTenant } from '../tenants/tenant-store.ts'
import type { World } from '../world.ts'
import { hashApiKey, newApiKey } from './api-key.ts'
import { insertKey, keyView } from './key-store.ts'

/** What a new key stands for. */
export interface KeyRequest {
  readonly subject: string
  readonly role: Role
  /** Needed for the roles of a tenant; others may go without. */
  readonly tenantId?: string
  readonly description?: string
  /** ISO 8601, in the future; a key without it does not expire. */
  readonly expiresAt?: string
}

/**
 * Makes a key and stores its hash; the answer is the only place where the key itself ever stands. Throws
 * `request_invalid` for a tenant role without a tenant and for a time that is past, `tenant_not_found` for a tenant that
 * does not exist. Whether the caller may make such a key is the policy's question.
 */
export async function createKey(
  world: Pick<World, 'db' | 'now'>,
  request: KeyRequest,
): Promise<{ key: string } & ApiKey> {
  const now = world.now()
  if (request.tenantId === undefined && request.role.startsWith('tenant-')) {
    throw new RegistryError('request_invalid', `A key with the role ${request.role} needs a tenant.`)
  }
  if (request.tenantId !== undefined && !(await findTenant(world.db, request.tenantId))) {
    throw new RegistryError('tenant_not_found', `There is no tenant ${request.tenantId}.`)
  }
  const key = newApiKey()
  const row = {
    id: randomUUID(),
    hash: hashApiKey(key),
    subject: request.subject,
    role: request.role,
    tenant_id: request.tenantId ?? null,
    description: request.description ?? null,
    created_at: now.toISOString(),
    expires_at: request.expiresAt === undefined ? null : expiry(request.expiresAt, now),
    revoked_at: null,
  }
  await insertKey(world.db, row)
  return { key, ...keyView(row) }
}

/** Times are compared as text, so every one has the same form: UTC with milliseconds and a year of four digits. */
function expiry(text: string, now: Date): string {
  const time = new Date(text)
  if (Number.isNaN(time.getTime()) || time <= now || time.getUTCFullYear() > 9999) {
    throw new RegistryError('request_invalid', 'The time of expiry must be a real time in the future.')
  }
  return time.toISOString()
}
