import { errors, type Installation } from '@plexica/api'
import type { Manifest } from '@plexica/manifest-schema'
import { RegistryError } from '../http/registry-error.ts'
import type { World } from '../world.ts'
import { changeInstallation, type InstallationAct } from './change-installation.ts'
import { changedSettings } from './changed-settings.ts'
import type { Values } from './configuration.ts'
import { setInstallation } from './installation-store.ts'
import { readKeeping } from './kept-secrets.ts'
import { sealConfiguration } from './seal-configuration.ts'

/** Replaces a tenant's configuration; a secret that is not given keeps its sealed value, and null removes it. */
export async function configurePlugin(
  world: World,
  act: InstallationAct & { readonly configuration: Readonly<Values> },
): Promise<Installation> {
  return changeInstallation(world, act, async (trx, row, at) => {
    const manifest: Manifest = JSON.parse(row.manifest)
    const before = { plain: JSON.parse(row.configuration), secrets: JSON.parse(row.secrets) }
    const read = readKeeping(manifest.configSchema, act.configuration, Object.keys(before.secrets))
    if (!read.configuration) {
      const { sentence } = errors.configuration_invalid
      throw new RegistryError('configuration_invalid', sentence, { findings: read.findings })
    }
    const { plain } = read.configuration
    const secrets = sealConfiguration(world.config, act, read.configuration, before.secrets)
    const changed = changedSettings(before, { plain, secrets })
    if (changed.length === 0) return undefined
    await setInstallation(trx, act, {
      configuration: JSON.stringify(plain),
      secrets: JSON.stringify(secrets),
      updated_at: at,
    })
    return { action: 'configured', version: row.version, changed }
  })
}
