import type { Visibility } from '@plexica/api'
import { countOf } from '../db/count-of.ts'
import type { Db, Tables, Trx } from '../db/tables.ts'

/** Tenants that a plugin is granted to, by id. */
export async function tenantsOf(db: Db, pluginId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('plugin_tenants')
    .select('tenant_id')
    .where('plugin_id', '=', pluginId)
    .orderBy('tenant_id')
    .execute()
  return rows.map(({ tenant_id }) => tenant_id)
}

/** Grants a plugin to these tenants and to no others; who has it already keeps what was recorded then. */
export async function replaceTenants(
  trx: Trx,
  pluginId: string,
  tenants: readonly string[],
  granted: Pick<Tables['plugin_tenants'], 'granted_by' | 'granted_at'>,
): Promise<void> {
  const before = trx.deleteFrom('plugin_tenants').where('plugin_id', '=', pluginId)
  if (tenants.length === 0) return void (await before.execute())
  await before.where('tenant_id', 'not in', tenants).execute()
  await trx
    .insertInto('plugin_tenants')
    .values(tenants.map((tenant_id) => ({ plugin_id: pluginId, tenant_id, ...granted })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function setVisibility(trx: Trx, pluginId: string, visibility: Visibility): Promise<void> {
  await trx.updateTable('plugins').set({ visibility }).where('id', '=', pluginId).execute()
}

/** How many tenants have a plugin installed, in whatever version. */
export async function countTenantsWith(db: Db, pluginId: string): Promise<number> {
  return countOf(installationsOf(db, pluginId))
}

/** The first of the tenants that have a plugin installed without being granted it, by id, and how many there are. */
export async function tenantsWithoutGrant(
  db: Db,
  pluginId: string,
  { take }: { take: number },
): Promise<{ tenants: string[]; total: number }> {
  const without = installationsOf(db, pluginId).where('tenant_id', 'not in', (eb) =>
    eb.selectFrom('plugin_tenants').select('plugin_tenants.tenant_id').where('plugin_tenants.plugin_id', '=', pluginId),
  )
  const rows = await without.select('tenant_id').orderBy('tenant_id').limit(take).execute()
  return { tenants: rows.map(({ tenant_id }) => tenant_id), total: await countOf(without) }
}

function installationsOf(db: Db, pluginId: string) {
  return db.selectFrom('installations').where('installations.plugin_id', '=', pluginId)
}
