import type { Installation } from '@plexica/api'
import type { PackageFile } from '@plexica/inspect'
import { type Manifest, packageLayout } from '@plexica/manifest-schema'
import { bundleUrls, sandboxUrl } from '../bundles/bundle-urls.ts'
import type { World } from '../world.ts'
import { experimentOf } from './experiment.ts'
import { installationFindings } from './installation-findings.ts'
import type { InstalledVersionRow } from './installation-store.ts'
import { openingKeys } from './seal-configuration.ts'
import { secretKeyId } from './seal-secrets.ts'

/** An installation as its tenant sees it: of secrets only their names. */
export function installationView(world: World, row: InstalledVersionRow): Installation {
  const manifest: Manifest = JSON.parse(row.manifest)
  return {
    pluginId: row.plugin_id,
    tenantId: row.tenant_id,
    name: manifest.name,
    version: row.version,
    digest: row.digest,
    enabled: row.enabled === 1,
    configuration: JSON.parse(row.configuration),
    secrets: Object.keys(JSON.parse(row.secrets)),
    grantedPermissions: JSON.parse(row.granted_permissions),
    components: manifest.components ?? [],
    bundle: manifest.frontend ? bundleView(world, row) : null,
    ...(manifest.shared ? { shared: manifest.shared } : {}),
    experiment: experimentOf(row),
    sandbox: manifest.frontend ? sandboxView(world, row, manifest.frontend.sandbox ?? false) : null,
    findings: installationFindings(row, openingKeys(world.config).map(secretKeyId)),
    installedBy: row.installed_by,
    installedAt: row.installed_at,
    updatedAt: row.updated_at,
  }
}

/** Where a plugin runs that asks for a frame, or that the tenant wants in one. */
function sandboxView(world: World, row: InstalledVersionRow, required: boolean): Installation['sandbox'] {
  if (!required && row.sandboxed === 0) return null
  const { plugin_id: pluginId, version, visibility } = row
  return { url: sandboxUrl(world, { pluginId, version, visibility }, row.tenant_id), required }
}

/** Every script that a browser may import, with the integrity of the approved bytes; the entry stands first. */
function bundleView(world: World, row: InstalledVersionRow): Installation['bundle'] {
  const { distFolder, bundle } = packageLayout
  const { plugin_id: pluginId, version, visibility } = row
  const url = bundleUrls(world, { pluginId, version, visibility }, row.tenant_id)
  const scripts = (JSON.parse(row.files) as PackageFile[])
    .filter(({ path }) => path.startsWith(distFolder) && path.endsWith('.js'))
    .sort((a, b) => Number(b.path === bundle) - Number(a.path === bundle) || (a.path < b.path ? -1 : 1))
  return { url: url(bundle), files: scripts.map(({ path, integrity }) => ({ url: url(path), integrity })) }
}
