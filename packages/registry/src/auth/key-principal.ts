import type { Role } from '@plexica/api'
import type { ApiKeyRow } from '../db/tables.ts'
import type { World } from '../world.ts'
import { reachOf } from './key-store.ts'
import type { KnownPrincipal } from './principal.ts'

type KeyPart = 'id' | 'subject' | 'role' | 'tenant_id' | 'permissions' | 'plugins' | 'trusted'

/** Whom a good key stands for. Notes that it was used. */
export function keyPrincipal(
  { keyUses, now }: Pick<World, 'keyUses' | 'now'>,
  row: Pick<ApiKeyRow, KeyPart | 'last_used_at' | 'expires_at'>,
): KnownPrincipal {
  const lastUsedAt = keyUses.of(row.id) ?? row.last_used_at
  keyUses.note(row.id, now().toISOString())
  return {
    kind: 'key',
    keyId: row.id,
    subject: row.subject,
    role: row.role as Role,
    tenantId: row.tenant_id,
    expiresAt: row.expires_at,
    reach: reachOf(row),
    lastUsedAt,
  }
}
