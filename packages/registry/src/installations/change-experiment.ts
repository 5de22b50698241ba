import { randomUUID } from 'node:crypto'
import { errors, type Installation } from '@plexica/api'
import type { Manifest } from '@plexica/manifest-schema'
import { RegistryError } from '../http/registry-error.ts'
import type { World } from '../world.ts'
import { changeInstallation, type InstallationAct } from './change-installation.ts'
import { changedSettings } from './changed-settings.ts'
import type { Values } from './configuration.ts'
import { experimentOf, type KeptExperiment, readExperiment } from './experiment.ts'
import { setInstallation } from './installation-store.ts'

/**
 * Tries a second configuration on a share of the visitors, in place of the one that is tried so far. Each experiment has
 * an id of its own, so that visitors are drawn anew. Its history names the settings in which the two differ.
 */
export async function setExperiment(
  world: World,
  act: InstallationAct & { readonly configuration: Readonly<Values>; readonly share: number },
): Promise<Installation> {
  return changeInstallation(world, act, async (trx, row, at) => {
    const { configSchema }: Manifest = JSON.parse(row.manifest)
    const { configuration, findings } = readExperiment(
      configSchema,
      act.configuration,
      Object.keys(JSON.parse(row.secrets)),
    )
    if (!configuration) {
      throw new RegistryError('configuration_invalid', errors.configuration_invalid.sentence, { findings })
    }
    const { share } = act
    const experiment: KeptExperiment = { id: randomUUID(), share, configuration, startedAt: at }
    await setInstallation(trx, act, { experiment: JSON.stringify(experiment), updated_at: at })
    const changed = differing(JSON.parse(row.configuration), configuration)
    return { action: 'experimented', version: row.version, changed, told: { share } }
  })
}

/** Ends an experiment. Adopted, what was tried becomes the configuration, with the secrets that there are. */
export async function endExperiment(
  world: World,
  act: InstallationAct & { readonly adopt: boolean },
): Promise<Installation> {
  return changeInstallation(world, act, async (trx, row, at) => {
    const running = experimentOf(row)
    if (!running) return undefined
    const { version } = row
    const changed = act.adopt ? differing(JSON.parse(row.configuration), running.configuration) : []
    await setInstallation(trx, act, {
      experiment: null,
      updated_at: at,
      ...(act.adopt ? { configuration: JSON.stringify(running.configuration) } : {}),
    })
    return act.adopt
      ? { action: 'configured', version, changed }
      : { action: 'experimented', version, told: { ended: true } }
  })
}

function differing(one: Readonly<Values>, other: Readonly<Values>): string[] {
  return changedSettings({ plain: one, secrets: {} }, { plain: other, secrets: {} })
}
