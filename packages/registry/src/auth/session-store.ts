import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { ApiKeyRow, Db, SessionRow, Tables, Trx } from '../db/tables.ts'

/** A session with its key as that is now, or with whom a token named when it began. */
export type FoundSession = Pick<SessionRow, 'key_id' | 'expires_at' | 'subject' | 'role' | 'tenant_id'> &
  Pick<ApiKeyRow, 'permissions' | 'plugins' | 'last_used_at' | 'revoked_at'> & {
    readonly trusted: number | null
    readonly key_expires_at: string | null
  }

export async function insertSession(trx: Trx, row: SessionRow): Promise<void> {
  await trx.insertInto('sessions').values(row).execute()
}

export async function findSession(db: Db, hash: string): Promise<FoundSession | undefined> {
  return db
    .selectFrom('sessions')
    .leftJoin('api_keys', 'api_keys.id', 'sessions.key_id')
    .select((eb) => [
      'sessions.key_id',
      'sessions.expires_at',
      eb.fn.coalesce('api_keys.subject', 'sessions.subject').as('subject'),
      eb.fn.coalesce('api_keys.role', 'sessions.role').as('role'),
      eb.fn.coalesce('api_keys.tenant_id', 'sessions.tenant_id').as('tenant_id'),
      'api_keys.permissions',
      'api_keys.plugins',
      'api_keys.trusted',
      'api_keys.last_used_at',
      'api_keys.revoked_at',
      'api_keys.expires_at as key_expires_at',
    ])
    .where('sessions.hash', '=', hash)
    .executeTakeFirst()
}

export async function deleteSession(db: Db, hash: string): Promise<void> {
  await db.deleteFrom('sessions').where('hash', '=', hash).execute()
}

/** Rows looked at in one go; there are never so many more than are kept. */
const mostDeleted = 100

/** Ends the oldest sessions of the key or person of this one, so that so many are left. */
export async function deleteOldest(trx: Trx, of: SessionRow, left: number): Promise<void> {
  const old = await trx
    .selectFrom('sessions')
    .select('hash')
    .where((eb) => sameHolder(eb, of))
    .orderBy('created_at', 'desc')
    .offset(left)
    .limit(mostDeleted)
    .execute()
  const hashes = old.map(({ hash }) => hash)
  if (hashes.length > 0) await trx.deleteFrom('sessions').where('hash', 'in', hashes).execute()
}

function sameHolder(
  eb: ExpressionBuilder<Tables, 'sessions'>,
  { key_id, subject, tenant_id }: SessionRow,
): Expression<SqlBool> {
  if (key_id !== null) return eb('key_id', '=', key_id)
  return eb.and([
    eb('subject', '=', subject),
    tenant_id === null ? eb('tenant_id', 'is', sql.lit(null)) : eb('tenant_id', '=', tenant_id),
  ])
}

/** Sessions that ended before this time. */
export async function deleteEndedSessions(trx: Trx, before: string): Promise<void> {
  await trx.deleteFrom('sessions').where('expires_at', '<', before).execute()
}
