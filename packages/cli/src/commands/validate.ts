import { type Command, defineCommand, type InputOf } from '../command.ts'
import { folderArgument, jsonOption, manifestOption } from '../shared-options.ts'

const form = {
  arguments: { folder: folderArgument },
  options: { manifest: manifestOption, json: jsonOption },
} as const
export type ValidateInput = InputOf<typeof form>

export const validateCommand: Command = defineCommand({
  name: 'validate',
  summary: 'Check the manifest and the files that it names, without building',
  examples: ['plexica validate', 'plexica validate plugins/chart --json'],
  form,
  load: async () => (await import('../plugin/validate-plugin.ts')).validatePlugin,
})
