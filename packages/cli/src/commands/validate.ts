import { type Command, defineCommand, type InputOf, optional } from '../command.ts'
import { jsonOption, manifestOption } from '../shared-options.ts'

const form = {
  arguments: { folder: optional('the plugin’s folder, or a package that was made from it (default: this folder)') },
  options: { manifest: manifestOption, json: jsonOption },
} as const
export type ValidateInput = InputOf<typeof form>

export const validateCommand: Command = defineCommand({
  name: 'validate',
  summary: 'Check the manifest and the files that it names, without building; or a package',
  examples: ['plexica validate', 'plexica validate plugins/chart --json', 'plexica validate chart-1.0.0.tar.gz'],
  form,
  load: async () => (await import('../plugin/validate-plugin.ts')).validatePlugin,
})
