import type { ApiKey, KeyPermission, Role } from '@plexica/api'
import { countOf } from '../db/count-of.ts'
import type { ApiKeyRow, Db, Trx } from '../db/tables.ts'
import type { KeyScope } from './policy.ts'
import type { Reach } from './principal.ts'

export async function insertKey(db: Db, row: ApiKeyRow): Promise<void> {
  await db.insertInto('api_keys').values(row).execute()
}

export async function findKeyByHash(db: Db, hash: string): Promise<ApiKeyRow | undefined> {
  return db.selectFrom('api_keys').selectAll().where('hash', '=', hash).executeTakeFirst()
}

/** The keys of a scope, newest first. */
export async function listKeys(
  db: Db,
  scope: KeyScope,
  { skip, take }: { skip: number; take: number },
): Promise<{ keys: ApiKey[]; total: number }> {
  const keys = keysOf(db, scope)
  const rows = await keys
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(take)
    .offset(skip)
    .execute()
  return { keys: rows.map(keyView), total: await countOf(keys) }
}

/** Undefined when the scope has none with this id. */
export async function findKey(db: Db, scope: KeyScope, id: string): Promise<ApiKey | undefined> {
  const row = await keysOf(db, scope).selectAll().where('id', '=', id).executeTakeFirst()
  return row && keyView(row)
}

/** A revoked key keeps its first time. */
export async function markRevoked(db: Db, id: string, at: string): Promise<void> {
  await db
    .updateTable('api_keys')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}

function keysOf(db: Db, scope: KeyScope) {
  const keys = db.selectFrom('api_keys')
  if (scope === 'every') return keys
  const { subject, tenantId, roles } = scope
  const own = keys.where('subject', '=', subject).where('role', 'in', roles)
  return tenantId === null ? own.where('tenant_id', 'is', null) : own.where('tenant_id', '=', tenantId)
}

/** The key's view for people: everything but its hash. */
export function keyView(row: ApiKeyRow): ApiKey {
  const { permissions, plugins } = reachOf(row)
  return {
    id: row.id,
    subject: row.subject,
    role: row.role as Role,
    tenantId: row.tenant_id,
    permissions: permissions === undefined ? null : [...permissions],
    plugins: plugins === undefined ? null : [...plugins],
    description: row.description,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  }
}

/** What the key was narrowed to when it was made. */
export function reachOf(row: Pick<ApiKeyRow, 'permissions' | 'plugins' | 'trusted'>): Reach {
  return {
    ...(row.permissions === null ? {} : { permissions: JSON.parse(row.permissions) as KeyPermission[] }),
    ...(row.plugins === null ? {} : { plugins: JSON.parse(row.plugins) as string[] }),
    ...(row.trusted === 1 ? { trusted: true } : {}),
  }
}

/** Sets when keys were last used, unless another process has seen a later use. */
export async function setLastUses(trx: Trx, uses: readonly (readonly [id: string, at: string])[]): Promise<void> {
  for (const [id, at] of uses) {
    await trx
      .updateTable('api_keys')
      .set({ last_used_at: at })
      .where('id', '=', id)
      .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', at)]))
      .execute()
  }
}
