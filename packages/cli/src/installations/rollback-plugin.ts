import type { Outcome } from '../command.ts'
import type { RollbackInput } from '../commands/installations.ts'
import type { Context } from '../context.ts'
import { onlyPlugin } from '../marketplace/plugin-name.ts'
import { findInstallation } from './find-installation.ts'
import { openTenant } from './open-tenant.ts'

/** Back to the version before the last update. */
export async function rollbackPlugin(input: RollbackInput, context: Context): Promise<Outcome> {
  const { console, signal } = context
  const pluginId = onlyPlugin(input.plugin)
  const tenant = openTenant(input, context)
  const { client, tenantId } = tenant
  const before = await findInstallation(tenant, pluginId, signal)
  const query = input.force ? { force: true } : {}
  const answer = await client.rollbackInstallation({ params: { tenantId, pluginId }, query, signal })
  console.say(`${console.style.bold(`${pluginId} ${answer.version}`)} is back for ${tenantId} (was ${before.version}).`)
  console.findings(answer.findings)
  return { answer }
}
