import { randomUUID } from 'node:crypto'
import type { ApiKey } from '@plexica/api'
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
  const { subject, role, tenantId, description, expiresAt } = request
  const now = world.now()
  const findings = keyFindings(request, now)
  if (findings.length > 0) throw new RegistryError('request_invalid', findings[0]?.message, { findings })
  if (tenantId !== undefined) await requireTenant(world.db, tenantId)
  const key = newApiKey()
  const row = {
    id: randomUUID(),
    hash: hashApiKey(key),
    subject,
    role,
    tenant_id: tenantId ?? null,
    description: description ?? null,
    created_at: now.toISOString(),
    expires_at: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    revoked_at: null,
  }
  await insertKey(world.db, row)
  return { key, ...keyView(row) }
}
