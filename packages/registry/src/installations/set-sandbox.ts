import type { Installation } from '@plexica/api'
import type { World } from '../world.ts'
import { changeInstallation, type InstallationAct } from './change-installation.ts'
import { setInstallation } from './installation-store.ts'

/** Says whether a tenant wants a plugin in frames of its own; one that asks for them runs in them either way. */
export async function setSandbox(
  world: World,
  act: InstallationAct & { readonly sandboxed: boolean },
): Promise<Installation> {
  return changeInstallation(world, act, async (trx, row, at) => {
    const { sandboxed } = act
    if ((row.sandboxed === 1) === sandboxed) return undefined
    await setInstallation(trx, act, { sandboxed: Number(sandboxed), updated_at: at })
    return { action: 'sandboxed', version: row.version, told: { sandboxed } }
  })
}
