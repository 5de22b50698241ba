import { type Command, defineCommand, type InputOf, optional, text } from '../command.ts'
import { jsonOption } from '../shared-options.ts'

export const templateNames = ['frontend', 'widget', 'full'] as const

const form = {
  arguments: { folder: optional('the folder to make (default: the plugin’s id)') },
  options: {
    id: text('--id <id>', 'id of the plugin, such as sales-chart'),
    name: text('--name <name>', 'name that people read (default: made from the id)'),
    template: text(
      '--template <name>',
      'a card (frontend), a page-editor block (widget), or both ends (full)',
      templateNames,
    ),
    author: text('--author <name>', 'author of the plugin (default: the name of this account)'),
    json: jsonOption,
  },
} as const
export type InitInput = InputOf<typeof form>

export const initCommand: Command = defineCommand({
  name: 'init',
  summary: 'Make a plugin that validates, builds, tests and can be published',
  examples: ['plexica init', 'plexica init --id sales-chart --template frontend'],
  form,
  load: async () => (await import('../init/create-plugin.ts')).createPlugin,
})
