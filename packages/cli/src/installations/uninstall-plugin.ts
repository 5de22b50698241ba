import { ApiError } from '@plexica/api'
import { askYes } from '../ask-yes.ts'
import { canAsk } from '../can-ask.ts'
import type { Outcome } from '../command.ts'
import type { UninstallInput } from '../commands/installations.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { onlyPlugin } from '../marketplace/plugin-name.ts'
import { findInstallation } from './find-installation.ts'
import { openTenant } from './open-tenant.ts'

/** Takes a plugin from the tenant, after asking; once more when others depend on it. */
export async function uninstallPlugin(input: UninstallInput, context: Context): Promise<Outcome> {
  const { console, signal } = context
  const pluginId = onlyPlugin(input.plugin)
  const asking = canAsk(context)
  if (!asking && !input.yes) {
    throw failure('answer_missing', `Shall ${pluginId} go, with its configuration?`, {
      fix: 'There is no terminal to ask on: give --yes.',
    })
  }
  const tenant = openTenant(input, context)
  const { client, tenantId } = tenant
  const { version } = await findInstallation(tenant, pluginId, signal)
  const question = `Uninstall ${pluginId} ${version} from ${tenantId}? Its configuration is deleted.`
  if (!input.yes && !(await askYes(question, context, false))) throw kept(pluginId)

  const remove = (force: boolean) =>
    client.uninstallPlugin({ params: { tenantId, pluginId }, query: force ? { force } : {}, signal })
  try {
    await remove(input.force === true)
  } catch (error) {
    if (!asking || !(error instanceof ApiError) || error.code !== 'plugin_needed') throw error
    console.findings(error.findings)
    if (!(await askYes('Uninstall it although these need it?', context, false))) throw kept(pluginId)
    await remove(true)
  }
  console.say(`Uninstalled ${console.style.bold(`${pluginId} ${version}`)} from ${tenantId}.`)
  return { answer: { pluginId, tenantId, version, uninstalled: true } }
}

function kept(pluginId: string) {
  return failure('interrupted', `${pluginId} stays installed.`)
}
