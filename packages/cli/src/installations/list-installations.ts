import type { Outcome } from '../command.ts'
import type { ListInput } from '../commands/installations.ts'
import type { Context } from '../context.ts'
import { listInstallations } from './find-installation.ts'
import { openTenant } from './open-tenant.ts'

/** What a tenant has, and what it should know of that. */
export async function listInstalled(input: ListInput, context: Context): Promise<Outcome> {
  const { console, signal } = context
  const tenant = openTenant(input, context)
  const installations = await listInstallations(tenant, signal)
  console.table(
    installations.map(({ pluginId, version, enabled, installedAt, installedBy, name }) => [
      pluginId,
      version,
      enabled ? 'enabled' : 'disabled',
      `${installedAt.slice(0, 10)} by ${installedBy}`,
      name,
    ]),
  )
  if (installations.length === 0) console.note(`${tenant.tenantId} has no plugins.`)
  const findings = installations.flatMap((one) => one.findings)
  if (findings.length > 0) console.say()
  console.findings(findings)
  return { answer: { installations, total: installations.length } }
}
