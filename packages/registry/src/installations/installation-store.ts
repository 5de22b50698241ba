import type { Manifest } from '@plexica/manifest-schema'
import { type JoinBuilder, sql } from 'kysely'
import { countOf } from '../db/count-of.ts'
import type { Db, InstallationRow, Tables, Trx } from '../db/tables.ts'
import { refreshPopularity } from '../db/word-beginnings.ts'
import { listedSuccessors } from '../plugins/successor-store.ts'
import type { Dependent } from './dependency-rules.ts'

/** An installation with what its version says. */
export interface InstalledVersionRow extends InstallationRow {
  manifest: string
  files: string
  state: string
  /** Why it was yanked. */
  reason: string | null
  deprecated_reason: string | null
  /** Null also when the tenant could not have it. */
  deprecated_successor: string | null
  visibility: string
  /** Advisories that name what the version bundles. */
  advisory_count: number
}

export async function findInstallation(
  db: Db,
  tenantId: string,
  pluginId: string,
): Promise<InstalledVersionRow | undefined> {
  const rows = await installedVersions(db, tenantId).where('installations.plugin_id', '=', pluginId).execute()
  return (await withSuccessors(db, tenantId, rows))[0]
}

/** Those of a tenant's plugins that have these ids. */
export async function findInstallations(
  db: Db,
  tenantId: string,
  pluginIds: readonly string[],
): Promise<InstalledVersionRow[]> {
  if (pluginIds.length === 0) return []
  const rows = await installedVersions(db, tenantId).where('installations.plugin_id', 'in', pluginIds).execute()
  return withSuccessors(db, tenantId, rows)
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
  const total = await countOf(all)
  const some = await rows.orderBy('installations.plugin_id').limit(take).offset(skip).execute()
  return { rows: await withSuccessors(db, tenantId, some), total }
}

/** The same rows, with no successor named that the tenant could not have. */
async function withSuccessors(db: Db, tenantId: string, rows: InstalledVersionRow[]): Promise<InstalledVersionRow[]> {
  const named = rows.map((row) => row.deprecated_successor)
  const listed = await listedSuccessors(db, named, { kind: 'tenant', tenantId })
  return rows.map((row) => (listed.has(row.deprecated_successor ?? '') ? row : { ...row, deprecated_successor: null }))
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

/** Adds an installation and counts it; fails when the tenant has the plugin. */
export async function insertInstallation(trx: Trx, row: InstallationRow): Promise<void> {
  await trx.insertInto('installations').values(row).execute()
  await countInstall(trx, row.plugin_id, 1)
}

/** Takes an installation away and counts it no more. */
export async function deleteInstallation(trx: Trx, tenantId: string, pluginId: string): Promise<void> {
  await trx
    .deleteFrom('installations')
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .executeTakeFirstOrThrow()
  await countInstall(trx, pluginId, -1)
}

async function countInstall(trx: Trx, pluginId: string, by: 1 | -1): Promise<void> {
  await trx
    .updateTable('plugins')
    .set((set) => ({ install_count: set('install_count', '+', by) }))
    .where('id', '=', pluginId)
    .execute()
  await refreshPopularity(trx, pluginId)
}

/** Changes columns of an installation that stands. */
export async function setInstallation(
  trx: Trx,
  { tenantId, pluginId }: { tenantId: string; pluginId: string },
  columns: Partial<Omit<InstallationRow, 'tenant_id' | 'plugin_id'>>,
): Promise<void> {
  await trx
    .updateTable('installations')
    .set(columns)
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .execute()
}

/** The tenant's plugins that depend on any. */
export async function listDependents(db: Db, tenantId: string): Promise<Dependent[]> {
  // Most manifests name no dependencies, and those are not read. They are written by JSON.stringify, without spaces.
  const rows = await db
    .selectFrom('installations')
    .innerJoin('versions', onInstalledVersion)
    .select(['installations.plugin_id', 'installations.version', 'versions.manifest'])
    .where('installations.tenant_id', '=', tenantId)
    .where('versions.manifest', 'like', '%"dependencies":{"%')
    .execute()
  return rows.map((row) => ({
    pluginId: row.plugin_id,
    version: row.version,
    dependencies: (JSON.parse(row.manifest) as Manifest).dependencies ?? {},
  }))
}

/** How many tenants have a version. */
export async function countInstallations(db: Db, pluginId: string, version: string): Promise<number> {
  return countOf(installationsOf(db, pluginId, version))
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

function onInstalledVersion<T extends JoinBuilder<Tables, 'installations' | 'versions'>>(join: T) {
  return join
    .onRef('versions.plugin_id', '=', 'installations.plugin_id')
    .onRef('versions.version', '=', 'installations.version')
}

const advisoryCount = sql<number>`(
  select count(distinct advisory_id) from version_advisories as known
  where known.plugin_id = installations.plugin_id and known.version = installations.version)`.as('advisory_count')

function installedVersions(db: Db, tenantId: string) {
  return db
    .selectFrom('installations')
    .innerJoin('versions', onInstalledVersion)
    .innerJoin('plugins', 'plugins.id', 'installations.plugin_id')
    .selectAll('installations')
    .select(['versions.manifest', 'versions.files', 'versions.state', 'versions.reason'])
    .select(['plugins.deprecated_reason', 'plugins.deprecated_successor', 'plugins.visibility'])
    .select(advisoryCount)
    .where('installations.tenant_id', '=', tenantId)
}
