import type { BodyOf, Installation, Routes } from '@plexica/api'
import type { Manifest } from '@plexica/manifest-schema'
import { subjectOf } from '../auth/principal.ts'
import { requireSigningKey } from '../bundles/bundle-urls.ts'
import type { InstallationRow, Trx, VersionRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { wasPublished } from '../plugins/plugin-status.ts'
import { findVisiblePlugin } from '../plugins/plugin-store.ts'
import { noPlugin } from '../plugins/require-visible.ts'
import { resolveVersion } from '../publishing/version-store.ts'
import type { World } from '../world.ts'
import { type Change, changeInstallations, type InstallationAct, notInstalled } from './change-installation.ts'
import { changedSettings } from './changed-settings.ts'
import { installPlan } from './install-plan.ts'
import { findInstallation, insertInstallation, versionsInstalled } from './installation-store.ts'
import { installationView } from './installation-view.ts'
import { sealConfiguration } from './seal-configuration.ts'

export interface Install extends InstallationAct {
  readonly request: BodyOf<Routes['installPlugin']>
}

/**
 * Installs a published version for a tenant. The version that the tenant has changes nothing and has the same answer,
 * also when it was yanked meanwhile.
 */
export async function installPlugin(world: World, install: Install): Promise<Installation> {
  const { tenantId, pluginId, request } = install
  await changeInstallations(world, install, async (trx, at): Promise<Change | undefined> => {
    const installed = (await findInstallation(trx, tenantId, pluginId))?.version
    const version = await installableVersion(world, trx, install, installed)
    const manifest: Manifest = JSON.parse(version.manifest)
    const plan = installPlan({
      manifest,
      installed,
      platform: world.platform,
      otherPlugins: await versionsInstalled(trx, tenantId, Object.keys(manifest.dependencies ?? {})),
      configuration: request.configuration ?? {},
      grantedPermissions: request.grantedPermissions ?? [],
    })
    if (plan.step === 'keep') return undefined
    if (plan.step === 'refuse') throw new RegistryError(plan.code, plan.detail, { findings: plan.findings })
    const secrets = sealConfiguration(world.config, { tenantId, pluginId }, plan.configuration)
    const row: InstallationRow = {
      tenant_id: tenantId,
      plugin_id: pluginId,
      version: version.version,
      digest: version.digest,
      enabled: 1,
      configuration: JSON.stringify(plan.configuration.plain),
      secrets: JSON.stringify(secrets),
      granted_permissions: JSON.stringify(plan.grantedPermissions),
      installed_by: subjectOf(install.principal),
      installed_at: at,
      updated_at: at,
      experiment: null,
      sandboxed: 0,
    }
    await insertInstallation(trx, row)
    const changed = changedSettings({ plain: {}, secrets: {} }, { plain: plan.configuration.plain, secrets })
    return { action: 'installed', version: version.version, changed }
  })
  const row = await findInstallation(world.db, tenantId, pluginId)
  if (!row) throw notInstalled(install)
  return installationView(world, row)
}

/**
 * What is not published, or published no more, is not installed anew, and private plugins only by tenants that they are
 * granted to, whoever acts for them.
 */
async function installableVersion(
  world: World,
  trx: Trx,
  { tenantId, pluginId, request }: Install,
  installed: string | undefined,
): Promise<VersionRow> {
  const plugin = await findVisiblePlugin(trx, pluginId, { kind: 'tenant', tenantId })
  if (!plugin || !wasPublished(plugin.status)) throw noPlugin(pluginId)
  if (plugin.visibility === 'private') requireSigningKey(world)
  const version = await resolveVersion(trx, pluginId, request.version ?? 'latest', { drafts: false })
  if (version.state === 'published' || version.version === installed) return version
  throw new RegistryError('version_not_found', `${pluginId} ${version.version} has been withdrawn.`)
}
