import { type Command, defineCommand, flag, type InputOf, required } from '../command.ts'
import {
  configurationOptions,
  grantOption,
  jsonOption,
  nonInteractiveOption,
  registryOptions,
  tenantOption,
} from '../shared-options.ts'

const form = {
  arguments: { plugin: required('id of the plugin, or plugin@version, where a version may be a range') },
  options: {
    tenant: tenantOption,
    ...configurationOptions,
    grant: grantOption,
    grantAll: flag('--grant-all', 'grant every permission that the plugin asks for'),
    nonInteractive: nonInteractiveOption,
    ...registryOptions,
    json: jsonOption,
  },
} as const
export type InstallInput = InputOf<typeof form>

export const installCommand: Command = defineCommand({
  name: 'install',
  summary: 'Install a plugin for a tenant, asking for what it needs',
  examples: [
    'plexica install sales-chart --tenant acme',
    'plexica install sales-chart@^1.2.0 --tenant acme --set currency=EUR --grant orders:read --non-interactive',
    'plexica install sales-chart --tenant acme --grant-all --config - < settings.json',
  ],
  form,
  load: async () => (await import('../installations/install-plugin.ts')).installPlugin,
})
