import { sql } from 'kysely'
import type { ChannelRow, Db, VersionRow } from '../db/tables.ts'

/** A published version of a plugin that a tenant has, and which one it has. */
export interface PublishedRow {
  readonly plugin_id: string
  readonly installed: string
  readonly installed_channel: string | null
  readonly version: string
  readonly channel: string | null
}

/** The published versions of all plugins of a tenant, or of one. */
export async function publishedForTenant(db: Db, tenantId: string, pluginId?: string): Promise<PublishedRow[]> {
  let rows = db
    .selectFrom('installations')
    .innerJoin('versions as mine', (join) =>
      join.onRef('mine.plugin_id', '=', 'installations.plugin_id').onRef('mine.version', '=', 'installations.version'),
    )
    .innerJoin('versions', 'versions.plugin_id', 'installations.plugin_id')
    .select(['installations.plugin_id', 'installations.version as installed', 'mine.channel as installed_channel'])
    .select(['versions.version', 'versions.channel'])
    .where('installations.tenant_id', '=', tenantId)
    .where('versions.state', '=', 'published')
  if (pluginId !== undefined) rows = rows.where('installations.plugin_id', '=', pluginId)
  return rows.execute()
}

/** The channels that somebody has set, of all plugins of a tenant or of one. */
export async function channelsForTenant(db: Db, tenantId: string, pluginId?: string): Promise<ChannelRow[]> {
  let rows = db
    .selectFrom('channels')
    .innerJoin('installations', 'installations.plugin_id', 'channels.plugin_id')
    .selectAll('channels')
    .where('installations.tenant_id', '=', tenantId)
  if (pluginId !== undefined) rows = rows.where('installations.plugin_id', '=', pluginId)
  return rows.execute()
}

/** Which versions are meant, by plugin. */
export type VersionsByPlugin = ReadonlyMap<string, readonly string[]>

export async function manifestsOf(
  db: Db,
  wanted: VersionsByPlugin,
): Promise<Pick<VersionRow, 'plugin_id' | 'version' | 'manifest'>[]> {
  if (wanted.size === 0) return []
  return those(db, wanted).select(['plugin_id', 'version', 'manifest']).execute()
}

export type ChangelogRow = Pick<VersionRow, 'plugin_id' | 'version' | 'published_at' | 'changelog'>

/** What changed in these versions, each text cut off after so many characters. */
export async function changelogsOf(db: Db, wanted: VersionsByPlugin, characters: number): Promise<ChangelogRow[]> {
  if (wanted.size === 0) return []
  const start = sql<string | null>`substr(changelog, 1, ${sql.lit(characters)})`.as('changelog')
  return those(db, wanted).select(['plugin_id', 'version', 'published_at']).select(start).execute()
}

function those(db: Db, wanted: VersionsByPlugin) {
  return db
    .selectFrom('versions')
    .where((is) =>
      is.or(
        [...wanted].map(([pluginId, versions]) =>
          is.and([is('plugin_id', '=', pluginId), is('version', 'in', versions)]),
        ),
      ),
    )
}
