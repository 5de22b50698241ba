import type { ApiKey, Role } from '@plexica/api'
import type { ApiKeyRow, Db } from '../db/tables.ts'

export async function insertKey(db: Db, row: ApiKeyRow): Promise<void> {
  await db.insertInto('api_keys').values(row).execute()
}

export async function findKeyByHash(db: Db, hash: string): Promise<ApiKeyRow | undefined> {
  return db.selectFrom('api_keys').selectAll().where('hash', '=', hash).executeTakeFirst()
}

/** The key's view for people: everything but its hash. */
export function keyView(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    subject: row.subject,
    role: row.role as Role,
    tenantId: row.tenant_id,
    description: row.description,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  }
}
