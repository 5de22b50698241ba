import type { Installation } from '@plexica/api'
import { failureOfApi } from '../api-failure.ts'
import { canAsk } from '../can-ask.ts'
import type { Outcome } from '../command.ts'
import type { UpdateInput } from '../commands/installations.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { Failure, failure } from '../failure.ts'
import { onlyPlugin } from '../marketplace/plugin-name.ts'
import { findInstallation, listInstallations } from './find-installation.ts'
import { everyUpdate } from './list-updates.ts'
import { type OpenTenant, openTenant } from './open-tenant.ts'
import { updatePlugin } from './update-plugin.ts'

/** One after the other; one that fails does not keep the others. The first failure is the exit code. */
export async function updatePlugins(input: UpdateInput, context: Context): Promise<Outcome> {
  const { console, signal } = context
  const names = [...new Set(input.plugins.map(onlyPlugin))]
  stopOnContradiction(input, names)
  const tenant = openTenant(input, context)
  const asking = canAsk(context, input.nonInteractive)
  const updates: object[] = []
  let exit: ExitCode = exitCodes.done
  for (const installation of await chosen(input, names, tenant, context)) {
    signal.throwIfAborted()
    const { pluginId, version } = installation
    try {
      const answer = await updatePlugin({ input, tenant, installation, asking }, context)
      updates.push({ pluginId, previousVersion: version, version: answer.version, updated: answer.version !== version })
    } catch (error) {
      signal.throwIfAborted()
      const found = error instanceof Failure ? error : failureOfApi(error)
      // One alone fails as every command does.
      if (!found || names.length === 1) throw error
      console.note(`${pluginId}:`)
      console.failure(found)
      const { code, message, fix, findings } = found
      updates.push({ pluginId, previousVersion: version, updated: false, error: { code, message, fix, findings } })
      if (exit === exitCodes.done) exit = found.exit
    }
  }
  return { answer: { updates }, exit }
}

function stopOnContradiction({ all, to, set, config }: UpdateInput, names: readonly string[]): void {
  if (names.length === 0 && !all) {
    throw failure('answer_missing', 'Which plugins?', {
      fix: 'Name them, or give --all; `plexica outdated` lists the updates there are.',
    })
  }
  if (names.length > 0 && all) throw failure('usage_invalid', 'Either plugins are named or --all is given.')
  if (names.length !== 1 && (to ?? set ?? config) !== undefined) {
    throw failure('usage_invalid', '--to, --set and --config are about one plugin.', { fix: 'Name one plugin.' })
  }
}

async function chosen(
  { all }: UpdateInput,
  names: readonly string[],
  tenant: OpenTenant,
  { console, signal }: Context,
): Promise<Installation[]> {
  if (!all && names.length === 1) return [await findInstallation(tenant, names[0] ?? '', signal)]
  const installations = await listInstallations(tenant, signal)
  if (!all) {
    const missing = names.filter((name) => !installations.some(({ pluginId }) => pluginId === name))
    if (missing.length > 0) await findInstallation(tenant, missing[0] ?? '', signal)
    return installations.filter(({ pluginId }) => names.includes(pluginId))
  }
  const updates = await everyUpdate(tenant, signal)
  for (const { pluginId, version, compatible } of updates) {
    if (!compatible) console.note(`${pluginId} ${version} does not run on this platform and is left out.`)
  }
  const wanted = new Set(updates.filter(({ compatible }) => compatible).map(({ pluginId }) => pluginId))
  if (wanted.size === 0) console.note(`Every plugin of ${tenant.tenantId} is up to date.`)
  return installations.filter(({ pluginId }) => wanted.has(pluginId))
}
