import type { BodyOf, Installation, Routes } from '@plexica/api'
import { compatibility, type Manifest } from '@plexica/manifest-schema'
import type { Trx, VersionRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { findVersion, resolveVersion } from '../publishing/version-store.ts'
import type { World } from '../world.ts'
import { type Change, changeInstallation, type InstallationAct } from './change-installation.ts'
import { changedSettings } from './changed-settings.ts'
import { carriedExperiment } from './experiment.ts'
import { candidatesOf, installedFacts, newestUpdates } from './find-updates.ts'
import { type InstalledVersionRow, listDependents, setInstallation, versionsInstalled } from './installation-store.ts'
import { sealConfiguration } from './seal-configuration.ts'
import { updatePlan } from './update-plan.ts'

export interface Update extends InstallationAct {
  readonly request: BodyOf<Routes['updateInstallation']>
  /** Go on although other plugins of the tenant need the version that is left. */
  readonly force: boolean
}

/**
 * Changes a tenant's plugin to another published version, and carries its configuration over. What it leaves stays in
 * the history, so that it can be undone. The version that the tenant has changes nothing.
 */
export async function updatePlugin(world: World, update: Update): Promise<Installation> {
  const { tenantId, pluginId, request, force } = update
  return changeInstallation(world, update, async (trx, row, at): Promise<Change | undefined> => {
    const version = await wantedVersion(world, trx, row, request.version)
    if (!version || version.version === row.version) return undefined
    if (version.state !== 'published') {
      throw new RegistryError('version_not_found', `${pluginId} ${version.version} has been withdrawn.`)
    }
    const to: Manifest = JSON.parse(version.manifest)
    const facts = {
      ...installedFacts(world, row),
      to,
      installed: await versionsInstalled(trx, tenantId, Object.keys(to.dependencies ?? {})),
      dependents: await listDependents(trx, tenantId),
    }
    const { configuration = {}, grantedPermissions = [], acceptedHosts = [] } = request
    const plan = updatePlan(facts, { configuration, grantedPermissions, acceptedHosts }, force)
    if (plan.step === 'refuse') throw new RegistryError(plan.code, plan.detail, { findings: plan.findings })
    const before = { plain: JSON.parse(row.configuration), secrets: JSON.parse(row.secrets) }
    const { plain } = plan.configuration
    const secrets = sealConfiguration(world.config, { tenantId, pluginId }, plan.configuration, before.secrets)
    const { experiment, findings } = carriedExperiment(row, to.configSchema, Object.keys(secrets), configuration)
    await setInstallation(trx, update, {
      version: version.version,
      digest: version.digest,
      configuration: JSON.stringify(plain),
      secrets: JSON.stringify(secrets),
      granted_permissions: JSON.stringify(plan.grantedPermissions),
      experiment,
      updated_at: at,
    })
    const changed = changedSettings(before, { plain, secrets })
    return { action: 'updated', version: version.version, previousVersion: row.version, changed, left: row, findings }
  })
}

/** The version that is asked for; without a word the newest that runs, and undefined when there is no newer one. */
async function wantedVersion(
  { platform }: World,
  trx: Trx,
  { tenant_id, plugin_id }: InstalledVersionRow,
  wanted: string | undefined,
): Promise<VersionRow | undefined> {
  if (wanted !== undefined) return resolveVersion(trx, plugin_id, wanted, { drafts: false })
  const candidates = await candidatesOf(trx, tenant_id, plugin_id)
  const newest = (await newestUpdates({ db: trx, platform }, candidates)).get(plugin_id)
  if (!newest) return undefined
  const { manifest, compatible } = newest
  if (compatible) return findVersion(trx, plugin_id, manifest.version)
  throw new RegistryError('incompatible', `No newer version of ${plugin_id} runs on this platform.`, {
    findings: compatibility(manifest, platform),
  })
}
