import { randomUUID } from 'node:crypto'
import type { ApiKey } from '@plexica/api'
import type { ApiKeyRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { requireTenant } from '../tenants/tenant-store.ts'
import type { World } from '../world.ts'
import { hashApiKey, newApiKey } from './api-key.ts'
import { type KeyRequest, keyFindings } from './key-rules.ts'
import { insertKey, keyView } from './key-store.ts'

/**
 * Makes a key and stores its hash; the answer is the only place where the key itself ever stands. Throws
 * `request_invalid` for a tenant role without a tenant and for a time that is past, `tenant_not_found` for a tenant that
 * does not exist. Whether the caller may make such a key is the policy's question.
 */
export async function createKey(
  world: Pick<World, 'db' | 'now'>,
  request: KeyRequest,
): Promise<{ key: string } & ApiKey> {
  const { tenantId } = request
  const now = world.now()
  const findings = keyFindings(request, now)
  if (findings.length > 0) throw new RegistryError('request_invalid', findings[0]?.message, { findings })
  if (tenantId !== undefined) await requireTenant(world.db, tenantId)
  const { key, row } = newKey(request, now)
  await insertKey(world.db, row)
  return { key, ...keyView(row) }
}

/** A fresh key and the row that it is known by. Whether the request makes sense was asked before. */
export function newKey(request: KeyRequest, now: Date): { key: string; row: ApiKeyRow } {
  const { subject, role, tenantId, permissions, plugins, description, expiresAt } = request
  const key = newApiKey()
  const row: ApiKeyRow = {
    id: randomUUID(),
    hash: hashApiKey(key),
    subject,
    role,
    tenant_id: tenantId ?? null,
    permissions: permissions === undefined ? null : JSON.stringify(permissions),
    plugins: plugins === undefined ? null : JSON.stringify(plugins),
    trusted: 0,
    description: description ?? null,
    created_at: now.toISOString(),
    last_used_at: null,
    expires_at: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    revoked_at: null,
  }
  return { key, row }
}
