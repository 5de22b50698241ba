import { RegistryError } from '../http/registry-error.ts'
import type { World } from '../world.ts'
import { changeInstallations, type InstallationAct, requireInstallation } from './change-installation.ts'
import { missingFor, neededSentence } from './dependency-rules.ts'
import { forgetLeftStates } from './history-store.ts'
import { deleteInstallation, listDependents } from './installation-store.ts'

/**
 * Takes a plugin from a tenant, with every value that it was configured with; what was done to it stays told. Gives the
 * version that it was.
 */
export async function uninstallPlugin(
  world: World,
  act: InstallationAct & { readonly force: boolean },
): Promise<string> {
  const { tenantId, pluginId, force } = act
  let version = ''
  await changeInstallations(world, act, async (trx) => {
    ;({ version } = await requireInstallation(trx, act))
    const findings = force ? [] : missingFor(pluginId, await listDependents(trx, tenantId))
    if (findings.length > 0) throw new RegistryError('plugin_needed', neededSentence(findings), { findings })
    await deleteInstallation(trx, tenantId, pluginId)
    await forgetLeftStates(trx, tenantId, pluginId)
    return { action: 'uninstalled', version }
  })
  return version
}
