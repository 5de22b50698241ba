import type { Installation } from '@plexica/api'
import type { UpdateInput } from '../commands/installations.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { describePermissions, type NamedPermission, permissionText } from '../marketplace/permission-text.ts'
import { printable } from '../style.ts'
import { askConfiguration } from './ask-configuration.ts'
import { askGrants } from './ask-grants.ts'
import { missingSettings, settingsOf, type Values, valueAt, withSetOptions } from './configuration.ts'
import { missingAnswers } from './missing-answers.ts'
import type { OpenTenant } from './open-tenant.ts'
import { readConfigFile } from './read-config-file.ts'
import { sendConfiguration, settingOf } from './send-configuration.ts'
import { findOffer, type Offer } from './update-offer.ts'

interface Updating {
  input: UpdateInput
  tenant: OpenTenant
  installation: Installation
  asking: boolean
}

/** Shows what one plugin would get by its update, asks for what is new in it, and updates it. */
export async function updatePlugin(updating: Updating, context: Context): Promise<Installation> {
  const { input, tenant, installation, asking } = updating
  const { console, signal } = context
  const { client, tenantId } = tenant
  const { pluginId } = installation
  const offer = await findOffer(tenant, installation, input.to, signal)
  if (offer === undefined) {
    console.say(`${pluginId} ${installation.version} is up to date.`)
    return installation
  }
  const { version } = offer
  const permissions = await describePermissions(client, offer.newPermissions, signal)
  showOffer(offer, permissions, context)

  const { manifest } = await client.getVersion({ params: { pluginId, version }, signal })
  const { configSchema: schema } = manifest
  const given = withSetOptions(await readConfigFile(input.config, context), input.set ?? [], schema)
  const missing = missingOf(offer, given, schema)
  const open = {
    permissions: permissions.filter(({ name }) => !input.grant?.includes(name)),
    hosts: offer.newHosts.filter((host) => !input.acceptHost?.includes(host)),
  }
  if (!asking) {
    const unsaid = missingAnswers(`${pluginId} ${version}`, {
      settings: missing,
      permissions: open.permissions.map(({ name }) => name),
      hosts: open.hosts,
    })
    if (unsaid) throw unsaid
  }
  const values = asking
    ? await askConfiguration(
        { schema, values: given, only: ({ name }) => missing.some((one) => one.name === name) },
        context,
      )
    : given
  const denied = asking ? await askGrants(open, context) : undefined
  if (denied !== undefined) {
    throw failure(
      'interrupted',
      `${pluginId} stays at ${installation.version}: ${version} does not work without ${denied}.`,
    )
  }
  const answer = await sendConfiguration({ title: 'Update', schema, values, asking }, context, (configuration) =>
    client.updateInstallation({
      params: { tenantId, pluginId },
      query: input.force ? { force: true } : {},
      body: {
        version,
        configuration,
        grantedPermissions: [...offer.newPermissions],
        acceptedHosts: [...offer.newHosts],
      },
      signal,
    }),
  )
  console.say(`Updated ${console.style.bold(pluginId)} from ${installation.version} to ${answer.version}.`)
  return answer
}

/** Settings that the registry misses and no option gives. */
function missingOf(offer: Offer, given: Values, schema: Parameters<typeof settingsOf>[0]) {
  const names = new Set(
    offer.findings.filter(({ code }) => code === 'configuration-missing').map((finding) => settingOf(finding).name),
  )
  const unset = new Set(missingSettings(schema, given).map(({ name }) => name))
  return settingsOf(schema).filter(
    ({ name, path }) =>
      valueAt(given, path) === undefined && (names.has(name) || (names.has(path[0] ?? '') && unset.has(name))),
  )
}

function showOffer(offer: Offer, permissions: readonly NamedPermission[], { console }: Context): void {
  const { say, prose, style } = console
  say(style.bold(`${offer.pluginId} ${offer.installed} → ${offer.version}`))
  for (const { version, publishedAt, text } of offer.changelog) {
    say(`  ${version}${publishedAt === null ? '' : `  ${style.dim(publishedAt.slice(0, 10))}`}`)
    for (const line of (text ?? '').trim().split('\n')) if (line !== '') prose(`    ${line}`)
  }
  for (const one of permissions) say(`  ${style.yellow('+')} ${permissionText(one)}`)
  for (const host of offer.newHosts) say(`  ${style.yellow('+')} contacts ${printable(host)}`)
  // Errors are asked for or said with the options that answer them.
  const remarks = offer.findings.filter(({ severity }) => severity !== 'error')
  if (remarks.length > 0) {
    say()
    console.findings(remarks)
  }
}
