import { errors, type Installation } from '@plexica/api'
import { compatibility, hasErrors, type Manifest } from '@plexica/manifest-schema'
import { RegistryError } from '../http/registry-error.ts'
import { findVersion, isPublic } from '../publishing/version-store.ts'
import type { World } from '../world.ts'
import { changeInstallation, type InstallationAct } from './change-installation.ts'
import { changedSettings } from './changed-settings.ts'
import { leftBehind, neededSentence } from './dependency-rules.ts'
import { carriedExperiment } from './experiment.ts'
import { findLeftState, forgetLeftState } from './history-store.ts'
import { listDependents, setInstallation, versionsInstalled } from './installation-store.ts'

/**
 * Undoes the newest update that was not undone: the version before, with the configuration, secrets and permissions that
 * it had. A version that was yanked since is taken back too, for the tenant had it; the answer warns of it.
 */
export async function rollbackPlugin(
  world: World,
  act: InstallationAct & { readonly force: boolean },
): Promise<Installation> {
  const { tenantId, pluginId, force } = act
  return changeInstallation(world, act, async (trx, row, at) => {
    const left = await findLeftState(trx, tenantId, pluginId)
    if (!left) throw new RegistryError('no_previous_version', `No update of ${pluginId} could be undone.`)
    const version = await findVersion(trx, pluginId, left.version)
    if (!version || !isPublic(version.state) || version.blob_removed_at !== null) {
      throw new RegistryError('previous_version_deleted', `${pluginId} ${left.version} is there no more.`)
    }
    const manifest: Manifest = JSON.parse(version.manifest)
    const needed = await versionsInstalled(trx, tenantId, Object.keys(manifest.dependencies ?? {}))
    const unfit = compatibility(manifest, world.platform, needed)
    const change = { from: row.version, to: left.version }
    const needing = force ? [] : leftBehind(pluginId, change, await listDependents(trx, tenantId))
    if (hasErrors([...unfit, ...needing])) {
      const findings = [...unfit, ...needing]
      if (hasErrors(unfit)) throw new RegistryError('incompatible', errors.incompatible.sentence, { findings })
      throw new RegistryError('plugin_needed', neededSentence(needing), { findings })
    }
    const kept = Object.keys(JSON.parse(left.secrets))
    const { experiment, findings } = carriedExperiment(row, manifest.configSchema, kept)
    await setInstallation(trx, act, {
      version: version.version,
      digest: version.digest,
      configuration: left.configuration,
      secrets: left.secrets,
      granted_permissions: left.permissions,
      experiment,
      updated_at: at,
    })
    await forgetLeftState(trx, left.number)
    const changed = changedSettings(
      { plain: JSON.parse(row.configuration), secrets: JSON.parse(row.secrets) },
      { plain: JSON.parse(left.configuration), secrets: JSON.parse(left.secrets) },
    )
    return { action: 'rolled-back', version: version.version, previousVersion: row.version, changed, findings }
  })
}
