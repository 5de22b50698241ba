import type { InstallationUpdate } from '@plexica/api'
import { compatibility, hasErrors, limits, type Manifest } from '@plexica/manifest-schema'
import type { Db } from '../db/tables.ts'
import type { World } from '../world.ts'
import { findInstallations, type InstalledVersionRow, listDependents, versionsInstalled } from './installation-store.ts'
import { openConfiguration } from './seal-configuration.ts'
import { updateCandidates } from './update-candidates.ts'
import { type UpdateFacts, updateOutlook } from './update-plan.ts'
import {
  changelogsOf,
  channelsForTenant,
  manifestsOf,
  publishedForTenant,
  type VersionsByPlugin,
} from './update-store.ts'

/** The update of a plugin: the newest version that runs on the platform, or the newest of all where none does. */
export interface NewestUpdate {
  readonly manifest: Manifest
  readonly compatible: boolean
}

/** What each of the tenant's plugins, or one, could be updated to, newest first; without those that are up to date. */
export async function candidatesOf(db: Db, tenantId: string, pluginId?: string): Promise<Map<string, string[]>> {
  const published = Map.groupBy(await publishedForTenant(db, tenantId, pluginId), ({ plugin_id }) => plugin_id)
  const set = Map.groupBy(await channelsForTenant(db, tenantId, pluginId), ({ plugin_id }) => plugin_id)
  const found = new Map<string, string[]>()
  for (const id of [...published.keys()].sort()) {
    const versions = published.get(id) ?? []
    const [mine] = versions
    if (!mine) continue
    const installed = { version: mine.installed, channel: mine.installed_channel }
    const candidates = updateCandidates(installed, versions, set.get(id) ?? [])
    if (candidates.length > 0) found.set(id, candidates)
  }
  return found
}

/** Chooses among candidates, for all plugins in two statements at most. */
export async function newestUpdates(
  { db, platform }: Pick<World, 'platform'> & { db: Db },
  candidates: VersionsByPlugin,
): Promise<Map<string, NewestUpdate>> {
  const newest = new Map<string, NewestUpdate>()
  const look = async (wanted: VersionsByPlugin) => {
    const rows = await manifestsOf(db, wanted)
    const manifests = new Map(rows.map((row) => [`${row.plugin_id}@${row.version}`, row.manifest]))
    for (const [id, versions] of wanted) {
      for (const version of versions) {
        const json = manifests.get(`${id}@${version}`)
        if (json === undefined || newest.get(id)?.compatible) continue
        const manifest: Manifest = JSON.parse(json)
        const compatible = !hasErrors(compatibility(manifest, platform))
        if (compatible || !newest.has(id)) newest.set(id, { manifest, compatible })
      }
    }
  }
  await look(new Map([...candidates].map(([id, versions]) => [id, versions.slice(0, 1)])))
  const others = [...candidates].map(([id, versions]) => [id, versions.slice(1)] as const)
  await look(new Map(others.filter(([id, versions]) => versions.length > 0 && !newest.get(id)?.compatible)))
  return newest
}

/** What the updates of these plugins of a tenant would bring, in as many statements for many as for one. */
export async function findUpdates(
  world: World,
  tenantId: string,
  candidates: VersionsByPlugin,
): Promise<InstallationUpdate[]> {
  if (candidates.size === 0) return []
  const newest = await newestUpdates(world, candidates)
  const rows = await findInstallations(world.db, tenantId, [...newest.keys()])
  const needed = [...newest.values()].flatMap(({ manifest }) => Object.keys(manifest.dependencies ?? {}))
  const installed = await versionsInstalled(world.db, tenantId, [...new Set(needed)])
  const dependents = await listDependents(world.db, tenantId)
  const between = new Map(
    [...newest].map(([id, { manifest }]) => [id, upTo(manifest.version, candidates.get(id) ?? [])]),
  )
  const changelogs = await changelogsOf(world.db, between, limits.textCharacters.max)
  return [...newest].flatMap(([id, { manifest, compatible }]) => {
    // Between two statements somebody may have uninstalled it.
    const row = rows.find(({ plugin_id }) => plugin_id === id)
    if (!row) return []
    const outlook = updateOutlook(
      { ...installedFacts(world, row), to: manifest, installed, dependents },
      { configuration: {}, grantedPermissions: [], acceptedHosts: [] },
    )
    const changelog = (between.get(id) ?? []).flatMap((version) => {
      const said = changelogs.find((one) => one.plugin_id === id && one.version === version)
      return said ? [{ version, publishedAt: said.published_at, text: said.changelog }] : []
    })
    return [
      {
        pluginId: id,
        name: manifest.name,
        installed: row.version,
        version: manifest.version,
        publishedAt: changelog[0]?.publishedAt ?? null,
        compatible,
        changelog,
        newPermissions: [...outlook.newPermissions],
        newHosts: [...outlook.newHosts],
        configurationFits: outlook.configuration !== undefined,
        findings: [
          ...outlook.unfit,
          ...outlook.leftBehind,
          ...outlook.ungranted,
          ...outlook.unaccepted,
          ...outlook.configuring,
        ],
      },
    ]
  })
}

/** What the row of an installation says for an update of it. */
export function installedFacts(
  world: Pick<World, 'config' | 'platform'>,
  row: InstalledVersionRow,
): Pick<UpdateFacts, 'from' | 'granted' | 'configured' | 'platform'> {
  const owner = { tenantId: row.tenant_id, pluginId: row.plugin_id }
  return {
    from: JSON.parse(row.manifest),
    granted: JSON.parse(row.granted_permissions),
    configured: {
      plain: JSON.parse(row.configuration),
      secrets: openConfiguration(world.config, owner, JSON.parse(row.secrets)),
    },
    platform: world.platform,
  }
}

function upTo(version: string, candidates: readonly string[]): string[] {
  return candidates.slice(candidates.indexOf(version))
}
