import { type Command, defineCommand, type InputOf, required } from '../command.ts'
import { jsonOption, registryOptions } from '../shared-options.ts'

const form = {
  arguments: { plugin: required('id of the plugin, or plugin@version') },
  options: { ...registryOptions, json: jsonOption },
} as const
export type InfoInput = InputOf<typeof form>

export const infoCommand: Command = defineCommand({
  name: 'info',
  summary: 'Show a plugin of the marketplace',
  examples: ['plexica info sales-chart', 'plexica info sales-chart@1.2.0'],
  form,
  load: async () => (await import('../marketplace/show-plugin.ts')).showPlugin,
})
