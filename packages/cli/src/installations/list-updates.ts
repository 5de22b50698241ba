import type { InstallationUpdate } from '@plexica/api'
import type { Outcome } from '../command.ts'
import type { OutdatedInput } from '../commands/installations.ts'
import type { Context } from '../context.ts'
import { everyPage } from '../every-page.ts'
import { countText } from '../style.ts'
import { type OpenTenant, openTenant } from './open-tenant.ts'

/** The updates there are. That there are some is no failure. */
export async function listUpdates(input: OutdatedInput, context: Context): Promise<Outcome> {
  const { console, signal } = context
  const tenant = openTenant(input, context)
  const updates = await everyUpdate(tenant, signal)
  if (updates.length > 0) {
    console.table([
      ['plugin', 'current', 'wanted', 'what grows'],
      ...updates.map((one) => [one.pluginId, one.installed, one.version, growthText(one)]),
    ])
    console.note(`\`plexica update --all\` updates ${countText(updates.length, 'plugin')}.`)
  } else console.note(`Every plugin of ${tenant.tenantId} is up to date.`)
  return { answer: { updates, total: updates.length } }
}

/** Every update that the tenant's plugins can have, by id. */
export function everyUpdate({ client, tenantId }: OpenTenant, signal: AbortSignal): Promise<InstallationUpdate[]> {
  return everyPage(async (paging) => {
    const { updates, total } = await client.listInstallationUpdates({ params: { tenantId }, query: paging, signal })
    return { items: updates, total }
  })
}

/** What an update wants beyond what the tenant has agreed to, in a few words; `-` when that is nothing. */
function growthText({ newPermissions, newHosts, compatible, configurationFits }: InstallationUpdate): string {
  const words = [
    ...(compatible ? [] : ['does not run on this platform']),
    ...newPermissions.map((name) => `+${name}`),
    ...newHosts.map((host) => `+${host}`),
    ...(configurationFits ? [] : ['asks for configuration']),
  ]
  return words.length === 0 ? '-' : words.join(', ')
}
