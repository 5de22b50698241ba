import { type Command, defineCommand, type InputOf } from '../command.ts'
import { folderArgument, jsonOption, manifestOption, registryOptions } from '../shared-options.ts'

const form = {
  arguments: { folder: folderArgument },
  options: { manifest: manifestOption, ...registryOptions, json: jsonOption },
} as const
export type DoctorInput = InputOf<typeof form>

export const doctorCommand: Command = defineCommand({
  name: 'doctor',
  summary: 'Check everything that plexica needs: Node, registry, key, clock, plugin, esbuild',
  examples: ['plexica doctor', 'plexica doctor --json'],
  form,
  load: async () => (await import('../doctor/examine.ts')).examine,
})
