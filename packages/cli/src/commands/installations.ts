import { any, type Command, defineCommand, flag, type InputOf, list, text } from '../command.ts'
import {
  configurationOptions,
  grantOption,
  jsonOption,
  nonInteractiveOption,
  pluginArgument,
  registryOptions,
  tenantOption,
} from '../shared-options.ts'

const options = { tenant: tenantOption, ...registryOptions, json: jsonOption } as const
const force = flag('--force', 'do it although other installed plugins need what is left')

const listForm = { arguments: {}, options } as const
export type ListInput = InputOf<typeof listForm>

export const listCommand: Command = defineCommand({
  name: 'list',
  summary: 'List the plugins that a tenant has installed',
  examples: ['plexica list --tenant acme', 'plexica list --json'],
  form: listForm,
  load: async () => (await import('../installations/list-installations.ts')).listInstalled,
})

const configureForm = {
  arguments: { plugin: pluginArgument },
  options: {
    ...configurationOptions,
    unset: list('--unset <key>', 'take a value out, a secret too; may be given several times'),
    nonInteractive: nonInteractiveOption,
    ...options,
  },
} as const
export type ConfigureInput = InputOf<typeof configureForm>

export const configureCommand: Command = defineCommand({
  name: 'configure',
  summary: 'Change the configuration of an installed plugin; what is not named stays',
  examples: [
    'plexica configure sales-chart',
    'plexica configure sales-chart --set currency=USD --unset goal',
    'plexica configure sales-chart --config - < secrets.json',
  ],
  form: configureForm,
  load: async () => (await import('../installations/configure-plugin.ts')).configurePlugin,
})

const outdatedForm = { arguments: {}, options } as const
export type OutdatedInput = InputOf<typeof outdatedForm>

export const outdatedCommand: Command = defineCommand({
  name: 'outdated',
  summary: 'List the updates that a tenant’s plugins can have, and what they would get by them',
  examples: ['plexica outdated', 'plexica outdated --json'],
  form: outdatedForm,
  load: async () => (await import('../installations/list-updates.ts')).listUpdates,
})

const updateForm = {
  arguments: { plugins: any('ids of the plugins') },
  options: {
    all: flag('--all', 'update every plugin that can be'),
    to: text('--to <version>', 'this version, channel or range (default: the newest that runs on the platform)'),
    grant: grantOption,
    acceptHost: list('--accept-host <host>', 'let it contact this host; may be given several times'),
    ...configurationOptions,
    force,
    nonInteractive: nonInteractiveOption,
    ...options,
  },
} as const
export type UpdateInput = InputOf<typeof updateForm>

export const updateCommand: Command = defineCommand({
  name: 'update',
  summary: 'Update installed plugins; asks only when they want to do more than before',
  examples: [
    'plexica update sales-chart',
    'plexica update --all',
    'plexica update sales-chart --to 2.0.0 --grant orders:write --accept-host api.example.com',
  ],
  form: updateForm,
  load: async () => (await import('../installations/update-plugins.ts')).updatePlugins,
})

const rollbackForm = { arguments: { plugin: pluginArgument }, options: { force, ...options } } as const
export type RollbackInput = InputOf<typeof rollbackForm>

export const rollbackCommand: Command = defineCommand({
  name: 'rollback',
  summary: 'Undo the last update: the version before, with the configuration that it had',
  examples: ['plexica rollback sales-chart'],
  form: rollbackForm,
  load: async () => (await import('../installations/rollback-plugin.ts')).rollbackPlugin,
})

const enableForm = { arguments: { plugin: pluginArgument }, options } as const
export type EnableInput = InputOf<typeof enableForm>

export const enableCommand: Command = defineCommand({
  name: 'enable',
  summary: 'Show an installed plugin in the tenant’s pages again',
  examples: ['plexica enable sales-chart'],
  form: enableForm,
  load: async () => (await import('../installations/enable-plugin.ts')).enablePlugin,
})

export const disableCommand: Command = defineCommand({
  name: 'disable',
  summary: 'Take an installed plugin from the tenant’s pages, keeping its configuration',
  examples: ['plexica disable sales-chart'],
  form: enableForm,
  load: async () => (await import('../installations/enable-plugin.ts')).disablePlugin,
})

const uninstallForm = {
  arguments: { plugin: pluginArgument },
  options: { force, yes: flag('--yes', 'do not ask whether that is meant'), ...options },
} as const
export type UninstallInput = InputOf<typeof uninstallForm>

export const uninstallCommand: Command = defineCommand({
  name: 'uninstall',
  summary: 'Take a plugin from a tenant, with its configuration',
  examples: ['plexica uninstall sales-chart', 'plexica uninstall sales-chart --yes --force'],
  form: uninstallForm,
  load: async () => (await import('../installations/uninstall-plugin.ts')).uninstallPlugin,
})
