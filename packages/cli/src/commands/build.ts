import { type Command, defineCommand, type InputOf } from '../command.ts'
import { folderArgument, jsonOption, manifestOption } from '../shared-options.ts'

const form = {
  arguments: { folder: folderArgument },
  options: { manifest: manifestOption, json: jsonOption },
} as const
export type BuildInput = InputOf<typeof form>

export const buildCommand: Command = defineCommand({
  name: 'build',
  summary: 'Check the plugin and build it into its dist/ folder',
  examples: ['plexica build'],
  form,
  load: async () => (await import('../build/build-to-folder.ts')).buildToFolder,
})
