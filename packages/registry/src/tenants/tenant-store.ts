import type { Tenant } from '@plexica/api'
import { countOf } from '../db/count-of.ts'
import type { Db, Trx } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'

/** Adds a tenant; false when there is one with this id. */
export async function insertTenant(db: Db, { id, name, createdAt }: Tenant): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('tenants')
    .values({ id, name, created_at: createdAt })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Throws `tenant_not_found` in the same words in which the policy refuses other people's tenants. */
export async function requireTenant(db: Db, id: string): Promise<void> {
  const row = await db.selectFrom('tenants').select('id').where('id', '=', id).executeTakeFirst()
  if (!row) throw noTenant(id)
}

/**
 * Holds a tenant's row until the transaction ends: whoever changes which plugins the tenant has takes turns. After the
 * plugin's row, before any other. Throws `tenant_not_found`.
 */
export async function lockTenant(trx: Trx, id: string): Promise<void> {
  const row = await trx
    .updateTable('tenants')
    .set((set) => ({ name: set.ref('name') }))
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  if (!row) throw noTenant(id)
}

/** Those of these ids that name no tenant. */
export async function unknownTenants(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('tenants').select('id').where('id', 'in', ids).execute()
  const known = new Set(rows.map(({ id }) => id))
  return ids.filter((id) => !known.has(id))
}

export async function listTenants(
  db: Db,
  { skip, take }: { skip: number; take: number },
): Promise<{ tenants: Tenant[]; total: number }> {
  const all = db.selectFrom('tenants')
  const rows = await all.selectAll().orderBy('id').limit(take).offset(skip).execute()
  const tenants = rows.map((row) => ({ id: row.id, name: row.name, createdAt: row.created_at }))
  return { tenants, total: await countOf(all) }
}

function noTenant(id: string): RegistryError {
  return new RegistryError('tenant_not_found', `There is no tenant ${id}.`)
}
