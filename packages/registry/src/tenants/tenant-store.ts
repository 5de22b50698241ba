import type { Tenant } from '@plexica/api'
import type { Db } from '../db/tables.ts'

/** Adds a tenant; false when there is one with this id. */
export async function insertTenant(db: Db, { id, name, createdAt }: Tenant): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('tenants')
    .values({ id, name, created_at: createdAt })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function findTenant(db: Db, id: string): Promise<Tenant | undefined> {
  const row = await db.selectFrom('tenants').selectAll().where('id', '=', id).executeTakeFirst()
  return row && { id: row.id, name: row.name, createdAt: row.created_at }
}

export async function listTenants(
  db: Db,
  { skip, take }: { skip: number; take: number },
): Promise<{ tenants: Tenant[]; total: number }> {
  const rows = await db.selectFrom('tenants').selectAll().orderBy('id').limit(take).offset(skip).execute()
  const { total } = await db
    .selectFrom('tenants')
    .select((select) => select.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { tenants: rows.map((row) => ({ id: row.id, name: row.name, createdAt: row.created_at })), total }
}
