import type { Client, Installation, VersionDetail } from '@plexica/api'
import { compatibility, hasErrors } from '@plexica/manifest-schema/validate'
import { canAsk } from '../can-ask.ts'
import type { Outcome } from '../command.ts'
import type { InstallInput } from '../commands/install.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { readPluginName } from '../marketplace/plugin-name.ts'
import { askInstallation, askVersion, type Wish } from './ask-installation.ts'
import { missingSettings, type Values, withSetOptions } from './configuration.ts'
import { listInstallations } from './find-installation.ts'
import { missingAnswers } from './missing-answers.ts'
import { type OpenTenant, openTenant } from './open-tenant.ts'
import { readConfigFile } from './read-config-file.ts'
import { sendConfiguration } from './send-configuration.ts'
import { showSetup } from './show-setup.ts'

/** Installs a published version for a tenant, with its configuration and the permissions that were granted. */
export async function installPlugin(input: InstallInput, context: Context): Promise<Outcome> {
  const { console, signal } = context
  const { pluginId, version: named } = readPluginName(input.plugin)
  const tenant = openTenant(input, context)
  const { client, tenantId } = tenant
  const installed = canAsk(context, input.nonInteractive) ? await listInstallations(tenant, signal) : undefined
  // Of what is there already nothing is asked: the registry says that it is, or that this is an update.
  const asking = installed !== undefined && !installed.some((one) => one.pluginId === pluginId)
  const wanted = named ?? (asking ? await askVersion(client, pluginId, context) : 'latest')
  const detail = await client.getVersion({ params: { pluginId, version: wanted }, signal })
  const { manifest, version } = detail
  console.note(`Installing ${pluginId} ${version} for ${tenantId} at ${tenant.url}`)

  const given = withSetOptions(await readConfigFile(input.config, context), input.set ?? [], manifest.configSchema)
  const wish = asking
    ? await wishOfPerson({ input, tenant, detail, given, installed }, context)
    : wishOfOptions(input, detail, given, installed === undefined)
  const answer = await sendConfiguration(
    { title: 'Install', schema: manifest.configSchema, values: wish.configuration, asking },
    context,
    (configuration) =>
      client.installPlugin({
        params: { tenantId, pluginId },
        body: { version, configuration, grantedPermissions: [...wish.grantedPermissions] },
        signal,
      }),
  )
  console.say(`Installed ${console.style.bold(`${pluginId} ${answer.version}`)} for ${tenantId}.`)
  if (!answer.enabled) console.say('It is not enabled.')
  await showSetup(client, detail, context)
  return { answer }
}

/** @param complete whether what is missing is said here, and not left to the registry. */
function wishOfOptions(input: InstallInput, { manifest }: VersionDetail, given: Values, complete: boolean): Wish {
  const { requiredPermissions = [], configSchema } = manifest
  const grantedPermissions = input.grantAll ? requiredPermissions : (input.grant ?? [])
  const missing = missingAnswers(`${manifest.id} ${manifest.version}`, {
    settings: missingSettings(configSchema, given),
    permissions: requiredPermissions.filter((permission) => !grantedPermissions.includes(permission)),
  })
  if (missing && complete) throw missing
  return { configuration: given, grantedPermissions }
}

interface Wishing {
  input: InstallInput
  tenant: OpenTenant
  detail: VersionDetail
  given: Values
  installed: readonly Installation[]
}

async function wishOfPerson({ input, tenant, detail, given, installed }: Wishing, context: Context): Promise<Wish> {
  await stopWhereItCannotRun(tenant.client, detail, installed, context)
  const { requiredPermissions = [] } = detail.manifest
  const granted = input.grantAll ? requiredPermissions : (input.grant ?? [])
  return askInstallation({ tenant, detail, given, granted }, context)
}

/** Before anybody fills in a form for nothing. */
async function stopWhereItCannotRun(
  client: Client,
  { manifest }: VersionDetail,
  installed: readonly Installation[],
  { signal }: Context,
): Promise<void> {
  const platform = await client.getPlatform({ signal }).catch(() => undefined)
  signal.throwIfAborted()
  const versions = new Map(installed.map((one) => [one.pluginId, one.version]))
  const findings = compatibility(manifest, platform, versions)
  if (hasErrors(findings)) {
    throw failure('incompatible', `${manifest.id} ${manifest.version} does not run here.`, { findings })
  }
}
