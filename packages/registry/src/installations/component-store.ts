import type { PackageFile } from '@plexica/inspect'
import type { Db, VersionRow } from '../db/tables.ts'

/** Which version of a plugin shows in a tenant's pages. */
export interface EnabledRow {
  readonly plugin_id: string
  readonly version: string
  readonly visibility: string
}

/** The plugins that show in a tenant's pages, by id. */
export async function listEnabled(db: Db, tenantId: string): Promise<EnabledRow[]> {
  return db
    .selectFrom('installations')
    .innerJoin('plugins', 'plugins.id', 'installations.plugin_id')
    .select(['installations.plugin_id', 'installations.version', 'plugins.visibility'])
    .where('installations.tenant_id', '=', tenantId)
    .where('installations.enabled', '=', 1)
    .orderBy('installations.plugin_id')
    .execute()
}

export async function manifestsOfEnabled(
  db: Db,
  tenantId: string,
): Promise<Pick<VersionRow, 'plugin_id' | 'version' | 'manifest'>[]> {
  return enabledVersions(db, tenantId)
    .select(['versions.plugin_id', 'versions.version', 'versions.manifest'])
    .orderBy('versions.plugin_id')
    .execute()
}

/** The files of these plugins' packages, by plugin. */
export async function filesOfEnabled(
  db: Db,
  tenantId: string,
  pluginIds: readonly string[],
): Promise<Map<string, PackageFile[]>> {
  if (pluginIds.length === 0) return new Map()
  const rows = await enabledVersions(db, tenantId)
    .select(['versions.plugin_id', 'versions.files'])
    .where('installations.plugin_id', 'in', pluginIds)
    .execute()
  return new Map(rows.map(({ plugin_id, files }) => [plugin_id, JSON.parse(files)]))
}

function enabledVersions(db: Db, tenantId: string) {
  return db
    .selectFrom('installations')
    .innerJoin('versions', (join) =>
      join
        .onRef('versions.plugin_id', '=', 'installations.plugin_id')
        .onRef('versions.version', '=', 'installations.version'),
    )
    .where('installations.tenant_id', '=', tenantId)
    .where('installations.enabled', '=', 1)
}
