import type { Outcome } from '../command.ts'
import type { EnableInput } from '../commands/installations.ts'
import type { Context } from '../context.ts'
import { onlyPlugin } from '../marketplace/plugin-name.ts'
import { openTenant } from './open-tenant.ts'

/** Shows a plugin in the tenant's pages. One that is shown stays so. */
export async function enablePlugin(input: EnableInput, context: Context): Promise<Outcome> {
  const { console, signal } = context
  const pluginId = onlyPlugin(input.plugin)
  const { client, tenantId } = openTenant(input, context)
  const answer = await client.enablePlugin({ params: { tenantId, pluginId }, signal })
  console.say(`${console.style.bold(`${pluginId} ${answer.version}`)} is enabled for ${tenantId}.`)
  console.findings(answer.findings)
  return { answer }
}

/** Takes a plugin from the tenant's pages and keeps it installed. One that is not shown stays so. */
export async function disablePlugin(input: EnableInput, context: Context): Promise<Outcome> {
  const { console, signal } = context
  const pluginId = onlyPlugin(input.plugin)
  const { client, tenantId } = openTenant(input, context)
  const answer = await client.disablePlugin({ params: { tenantId, pluginId }, signal })
  console.say(`${console.style.bold(`${pluginId} ${answer.version}`)} is disabled for ${tenantId}.`)
  return { answer }
}
