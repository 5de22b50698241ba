import { type Command, defineCommand, flag, type InputOf, text } from '../command.ts'
import { jsonOption, pluginArgument, registryOptions } from '../shared-options.ts'

const form = {
  arguments: { plugin: pluginArgument },
  options: {
    reason: text('--reason <text>', 'why it should not be used any more, which everybody reads'),
    successor: text('--successor <plugin>', 'what to use instead'),
    undo: flag('--undo', 'take the deprecation back'),
    ...registryOptions,
    json: jsonOption,
  },
} as const
export type DeprecateInput = InputOf<typeof form>

export const deprecateCommand: Command = defineCommand({
  name: 'deprecate',
  summary: 'Advise against a plugin: it can still be installed, with a warning',
  examples: [
    'plexica deprecate sales-chart --reason "No longer maintained" --successor sales-board',
    'plexica deprecate sales-chart --undo',
  ],
  form,
  load: async () => (await import('../publish/deprecate-plugin.ts')).deprecatePlugin,
})
