import { resolve } from 'node:path'
import type { Client } from '@plexica/api'
import type { Manifest } from '@plexica/manifest-schema/validate'
import { canAsk } from '../can-ask.ts'
import type { Outcome } from '../command.ts'
import type { InstallInput } from '../commands/install.ts'
import { connectWithKey } from '../connect.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { readPluginName } from '../marketplace/plugin-name.ts'
import { readTextFile } from '../read-file.ts'
import { readSettings } from '../settings.ts'
import { askConfiguration, askPermissions } from './ask-install.ts'
import { readConfigOptions } from './configuration.ts'

/** Installs a published version for a tenant, with its configuration and the permissions that were granted. */
export async function installPlugin(input: InstallInput, context: Context): Promise<Outcome> {
  const { console, cwd, env, signal } = context
  const { pluginId, version: wanted = 'latest' } = readPluginName(input.plugin)
  const settings = readSettings({ folder: cwd, env, options: input })
  if (settings.tenant === undefined) {
    throw failure('answer_missing', 'For which tenant?', { fix: 'Give it with --tenant, or set PLEXICA_TENANT.' })
  }
  const tenantId = settings.tenant.value
  const client = connectWithKey(context, settings)
  const { manifest, version } = await client.getVersion({ params: { pluginId, version: wanted }, signal })
  const asking = canAsk(context, input.nonInteractive)
  console.note(`Installing ${pluginId} ${version} for ${tenantId} at ${settings.apiUrl.value}`)

  const configuration = await configurationFor(manifest, input, { asking, cwd })
  const grantedPermissions = await permissionsFor(manifest, input, { asking, client, signal })
  const answer = await client.installPlugin({
    params: { tenantId, pluginId },
    body: { version, configuration, grantedPermissions },
    signal,
  })
  console.say(`Installed ${console.style.bold(`${pluginId} ${answer.version}`)} for ${tenantId}.`)
  if (!answer.enabled) console.say('It is not enabled.')
  return { answer }
}

async function configurationFor(
  { configSchema }: Manifest,
  { configFile, config = [] }: InstallInput,
  { asking, cwd }: { asking: boolean; cwd: string },
): Promise<Record<string, unknown>> {
  const fromFile = configFile === undefined ? {} : readConfigFile(resolve(cwd, configFile))
  const given = { ...fromFile, ...readConfigOptions(config, configSchema) }
  // Without a terminal the registry says what is missing: all of it at once.
  return asking && configSchema ? askConfiguration(configSchema, given) : given
}

async function permissionsFor(
  { requiredPermissions = [] }: Manifest,
  { grant = [], grantAll }: InstallInput,
  { asking, client, signal }: { asking: boolean; client: Client; signal: AbortSignal },
): Promise<string[]> {
  if (grantAll) return requiredPermissions
  const open = requiredPermissions.filter((permission) => !grant.includes(permission))
  if (open.length === 0 || !asking) return [...grant]
  const platform = await client.getPlatform({ signal })
  const descriptions = new Map(platform.permissions.map(({ name, description }) => [name, description]))
  const asked = open.map((name) => ({ name, description: descriptions.get(name) ?? '' }))
  return [...grant, ...(await askPermissions(asked))]
}

function readConfigFile(file: string): Record<string, unknown> {
  const text = readTextFile(file, 1024 * 1024)
  if (text === undefined) throw failure('usage_invalid', `There is no file \`${file}\`.`)
  try {
    const values: unknown = JSON.parse(text)
    if (typeof values === 'object' && values !== null && !Array.isArray(values))
      return values as Record<string, unknown>
  } catch {
    // Said below, as for JSON that is not an object.
  }
  throw failure('usage_invalid', `\`${file}\` is not a JSON object.`, { fix: 'Write {"key": value, …}.' })
}
