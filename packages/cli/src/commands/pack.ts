import { type Command, defineCommand, type InputOf, text } from '../command.ts'
import { folderArgument, jsonOption, manifestOption } from '../shared-options.ts'

const form = {
  arguments: { folder: folderArgument },
  options: {
    out: text('-o, --out <folder>', 'where to write the package (default: the plugin’s folder)'),
    version: text('--version <semver>', 'pack as this version (default: the manifest’s)'),
    changelog: text('--changelog <text>', 'what changed, when CHANGELOG.md has no section for the version'),
    manifest: manifestOption,
    json: jsonOption,
  },
} as const
export type PackInput = InputOf<typeof form>

export const packCommand: Command = defineCommand({
  name: 'pack',
  summary: 'Check and build the plugin, and write its package',
  examples: ['plexica pack', 'plexica pack --out build'],
  form,
  load: async () => (await import('../pack/pack-to-file.ts')).packToFile,
})
