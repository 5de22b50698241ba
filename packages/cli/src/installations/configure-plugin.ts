import type { Installation } from '@plexica/api'
import type { ConfigSchema } from '@plexica/manifest-schema/validate'
import { canAsk } from '../can-ask.ts'
import type { Outcome } from '../command.ts'
import type { ConfigureInput } from '../commands/installations.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { onlyPlugin } from '../marketplace/plugin-name.ts'
import { askConfiguration } from './ask-configuration.ts'
import { overlay, settingsOf, type Values, withSetOptions, withValue } from './configuration.ts'
import { findInstallation } from './find-installation.ts'
import { openTenant } from './open-tenant.ts'
import { readConfigFile } from './read-config-file.ts'
import { sendConfiguration } from './send-configuration.ts'

/** Changes what is named and leaves the rest. Without anything named, asks for every setting. */
export async function configurePlugin(input: ConfigureInput, context: Context): Promise<Outcome> {
  const { console, signal } = context
  const pluginId = onlyPlugin(input.plugin)
  const named = input.set !== undefined || input.unset !== undefined || input.config !== undefined
  const asking = canAsk(context, input.nonInteractive)
  if (!named && !asking) {
    throw failure('answer_missing', 'What shall be configured?', {
      fix: 'There is no terminal to ask on: give --set key=value, --unset key or --config FILE.',
    })
  }
  const tenant = openTenant(input, context)
  const { client, tenantId } = tenant
  const installation = await findInstallation(tenant, pluginId, signal)
  const { version } = installation
  const { manifest } = await client.getVersion({ params: { pluginId, version }, signal })
  const { configSchema: schema } = manifest
  if (settingsOf(schema).length === 0) {
    throw failure('usage_invalid', `${pluginId} ${version} has nothing to configure.`, {
      fix: 'Nothing has to be done.',
    })
  }

  const changed = await changedValues(input, installation, schema, context)
  const { secrets } = installation
  const values = named ? changed : await askConfiguration({ schema, values: changed, secrets }, context)
  const answer = await sendConfiguration(
    { title: 'Configure', schema, values, secrets, asking },
    context,
    (configuration) => client.configurePlugin({ params: { tenantId, pluginId }, body: { configuration }, signal }),
  )
  console.say(`Configured ${console.style.bold(`${pluginId} ${version}`)} for ${tenantId}.`)
  console.table([
    ...Object.entries(answer.configuration).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
    ...answer.secrets.map((name) => [name, '•••']),
  ])
  return { answer }
}

async function changedValues(
  input: ConfigureInput,
  { configuration }: Installation,
  schema: ConfigSchema | undefined,
  context: Context,
): Promise<Values> {
  const settings = new Map(settingsOf(schema).map((setting) => [setting.name, setting]))
  let values = overlay(configuration, await readConfigFile(input.config, context))
  for (const name of input.unset ?? []) {
    const setting = settings.get(name)
    if (!setting) {
      throw failure('usage_invalid', `\`${name}\` is not a setting of this plugin.`, {
        fix: `Its settings are ${[...settings.keys()].join(', ')}.`,
      })
    }
    // A secret that is not sent keeps its value.
    values = withValue(values, setting.path, setting.property.secret ? null : undefined)
  }
  return withSetOptions(values, input.set ?? [], schema)
}
