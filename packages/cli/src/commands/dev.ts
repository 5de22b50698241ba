import { type Command, defineCommand, type InputOf, text } from '../command.ts'
import { folderArgument, manifestOption } from '../shared-options.ts'

const form = {
  arguments: { folder: folderArgument },
  options: {
    manifest: manifestOption,
    port: text('--port <number>', 'the port on 127.0.0.1 (default: 5173; 0 takes a free one)'),
  },
} as const
export type DevInput = InputOf<typeof form>

export const devCommand: Command = defineCommand({
  name: 'dev',
  summary: 'Watch the plugin, build it anew after each change, and show its components in a browser',
  examples: ['plexica dev', 'plexica dev plugins/chart --port 0'],
  form,
  load: async () => (await import('../dev/develop-plugin.ts')).developPlugin,
})
