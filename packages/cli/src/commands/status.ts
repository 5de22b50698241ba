import { type Command, defineCommand, type InputOf } from '../command.ts'
import { folderArgument, jsonOption, manifestOption, registryOptions } from '../shared-options.ts'

const form = {
  arguments: { folder: folderArgument },
  options: { manifest: manifestOption, ...registryOptions, json: jsonOption },
} as const
export type StatusInput = InputOf<typeof form>

export const statusCommand: Command = defineCommand({
  name: 'status',
  summary: 'Show how the plugin’s versions and submissions stand at the registry',
  examples: ['plexica status', 'plexica status --json'],
  form,
  load: async () => (await import('../publish/show-status.ts')).showStatus,
})
