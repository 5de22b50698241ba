import type { Installation } from '@plexica/api'
import type { World } from '../world.ts'
import { changeInstallation, type InstallationAct } from './change-installation.ts'
import { setInstallation } from './installation-store.ts'

/** Shows a plugin in the tenant's pages, or takes it from them with its configuration kept. */
export async function turnPlugin(
  world: World,
  act: InstallationAct & { readonly enabled: boolean },
): Promise<Installation> {
  return changeInstallation(world, act, async (trx, { enabled, version }, at) => {
    if ((enabled === 1) === act.enabled) return undefined
    await setInstallation(trx, act, { enabled: Number(act.enabled), updated_at: at })
    return { action: act.enabled ? 'enabled' : 'disabled', version }
  })
}
