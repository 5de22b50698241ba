import { type Command, defineCommand, type InputOf } from '../command.ts'
import { jsonOption, pluginArgument, registryOptions } from '../shared-options.ts'

const form = { arguments: { plugin: pluginArgument }, options: { ...registryOptions, json: jsonOption } } as const
export type VersionsInput = InputOf<typeof form>

export const versionsCommand: Command = defineCommand({
  name: 'versions',
  summary: 'List a plugin’s versions with their channels and downloads; owners see unpublished ones too',
  examples: ['plexica versions sales-chart'],
  form,
  load: async () => (await import('../marketplace/list-versions.ts')).listVersions,
})
