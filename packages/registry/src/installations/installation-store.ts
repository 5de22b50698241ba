import { sql } from 'kysely'
import type { Db, InstallationRow, Trx } from '../db/tables.ts'

/** An installation with what its version says. */
export interface InstalledVersionRow extends InstallationRow {
  manifest: string
  files: string
  state: string
  /** Why it was yanked. */
  reason: string | null
  deprecated_reason: string | null
  deprecated_successor: string | null
  /** Advisories that name what the version bundles. */
  advisory_count: number
}

export async function findInstallation(
  db: Db,
  tenantId: string,
  pluginId: string,
): Promise<InstalledVersionRow | undefined> {
  return installedVersions(db, tenantId).where('installations.plugin_id', '=', pluginId).executeTakeFirst()
}

/** A tenant's plugins, by id. */
export async function listInstallations(
  db: Db,
  tenantId: string,
  { skip, take, enabled }: { skip: number; take: number; enabled: boolean | undefined },
): Promise<{ rows: InstalledVersionRow[]; total: number }> {
  let rows = installedVersions(db, tenantId)
  let all = db.selectFrom('installations').where('tenant_id', '=', tenantId)
  if (enabled !== undefined) {
    rows = rows.where('installations.enabled', '=', Number(enabled))
    all = all.where('enabled', '=', Number(enabled))
  }
  const { total } = await all.select((select) => select.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { rows: await rows.orderBy('installations.plugin_id').limit(take).offset(skip).execute(), total }
}

/** Which versions of these plugins a tenant has, by id. */
export async function versionsInstalled(
  db: Db,
  tenantId: string,
  pluginIds: readonly string[],
): Promise<Map<string, string>> {
  if (pluginIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('installations')
    .select(['plugin_id', 'version'])
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', 'in', pluginIds)
    .execute()
  return new Map(rows.map((row) => [row.plugin_id, row.version]))
}

/** Adds an installation and counts it; false, and nothing done, when the tenant has the plugin. */
export async function insertInstallation(trx: Trx, row: InstallationRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('installations')
    .values(row)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'plugin_id']).doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) return false
  await trx
    .updateTable('plugins')
    .set((set) => ({ install_count: set('install_count', '+', 1) }))
    .where('id', '=', row.plugin_id)
    .execute()
  return true
}

/** Turns an installation on or off; leaves the row alone when it is so already. */
export async function setEnabled(
  db: Db,
  { tenantId, pluginId, enabled, at }: { tenantId: string; pluginId: string; enabled: boolean; at: string },
): Promise<void> {
  await db
    .updateTable('installations')
    .set({ enabled: Number(enabled), updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .where('enabled', '!=', Number(enabled))
    .execute()
}

/** How many tenants have a version. */
export async function countInstallations(db: Db, pluginId: string, version: string): Promise<number> {
  const { count } = await installationsOf(db, pluginId, version)
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** The tenants that have a version, by id. */
export async function listTenantsWith(
  db: Db,
  pluginId: string,
  version: string,
  { skip, take }: { skip: number; take: number },
): Promise<Pick<InstallationRow, 'tenant_id' | 'enabled' | 'installed_at'>[]> {
  return installationsOf(db, pluginId, version)
    .select(['tenant_id', 'enabled', 'installed_at'])
    .orderBy('tenant_id')
    .offset(skip)
    .limit(take)
    .execute()
}

function installationsOf(db: Db, pluginId: string, version: string) {
  return db.selectFrom('installations').where('plugin_id', '=', pluginId).where('version', '=', version)
}

const advisoryCount = sql<number>`(
  select count(distinct advisory_id) from version_advisories as known
  where known.plugin_id = installations.plugin_id and known.version = installations.version)`.as('advisory_count')

function installedVersions(db: Db, tenantId: string) {
  return db
    .selectFrom('installations')
    .innerJoin('versions', (join) =>
      join
        .onRef('versions.plugin_id', '=', 'installations.plugin_id')
        .onRef('versions.version', '=', 'installations.version'),
    )
    .innerJoin('plugins', 'plugins.id', 'installations.plugin_id')
    .selectAll('installations')
    .select(['versions.manifest', 'versions.files', 'versions.state', 'versions.reason'])
    .select(['plugins.deprecated_reason', 'plugins.deprecated_successor'])
    .select(advisoryCount)
    .where('installations.tenant_id', '=', tenantId)
}
