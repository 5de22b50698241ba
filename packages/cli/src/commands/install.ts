import { type Command, defineCommand, flag, type InputOf, list, required, text } from '../command.ts'
import { jsonOption, registryOptions, tenantOption } from '../shared-options.ts'

const form = {
  arguments: { plugin: required('id of the plugin, or plugin@version, where a version may be a range') },
  options: {
    tenant: tenantOption,
    config: list('--config <key=value>', 'a value of the configuration; may be given several times'),
    configFile: text('--config-file <path>', 'a JSON file with the configuration, for example for secrets'),
    grant: list('--grant <permission>', 'grant this permission; may be given several times'),
    grantAll: flag('--grant-all', 'grant every permission that the plugin asks for'),
    nonInteractive: flag('--non-interactive', 'never ask, as without a terminal'),
    ...registryOptions,
    json: jsonOption,
  },
} as const
export type InstallInput = InputOf<typeof form>

export const installCommand: Command = defineCommand({
  name: 'install',
  summary: 'Install a plugin for a tenant',
  examples: ['plexica install sales-chart --tenant acme --config currency=EUR --grant orders:read'],
  form,
  load: async () => (await import('../install/install-plugin.ts')).installPlugin,
})
