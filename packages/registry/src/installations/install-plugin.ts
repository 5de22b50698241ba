import type { BodyOf, Installation, Routes } from '@plexica/api'
import type { Manifest } from '@plexica/manifest-schema'
import { subjectOf } from '../auth/principal.ts'
import type { Db, InstallationRow, VersionRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { wasPublished } from '../plugins/plugin-status.ts'
import { findPluginRow } from '../plugins/plugin-store.ts'
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
    const version = await installableVersion(trx, pluginId, request.version ?? 'latest', installed)
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
    }
    await insertInstallation(trx, row)
    const changed = changedSettings({ plain: {}, secrets: {} }, { plain: plan.configuration.plain, secrets })
    return { action: 'installed', version: version.version, changed }
  })
  const row = await findInstallation(world.db, tenantId, pluginId)
  if (!row) throw notInstalled(install)
  return installationView(world, row)
}

/** What is not published, or published no more, is not installed anew. */
async function installableVersion(
  db: Db,
  pluginId: string,
  wanted: string,
  installed: string | undefined,
): Promise<VersionRow> {
  const plugin = await findPluginRow(db, pluginId)
  if (!plugin || !wasPublished(plugin.status))
    throw new RegistryError('plugin_not_found', `There is no plugin ${pluginId}.`)
  const version = await resolveVersion(db, pluginId, wanted, { drafts: false })
  if (version.state === 'published' || version.version === installed) return version
  throw new RegistryError('version_not_found', `${pluginId} ${version.version} has been withdrawn.`)
}
