import { type Command, defineCommand, type InputOf, number, text } from '../command.ts'
import { jsonOption, nonInteractiveOption, pluginArgument, registryOptions } from '../shared-options.ts'

const form = {
  arguments: { plugin: pluginArgument },
  options: {
    stars: number('--stars <count>', 'from 1 to 5'),
    review: text(
      '--review <text>',
      'what others should know, Markdown; - reads it from stdin (default: stays as it is)',
    ),
    nonInteractive: nonInteractiveOption,
    ...registryOptions,
    json: jsonOption,
  },
} as const
export type RateInput = InputOf<typeof form>

export const rateCommand: Command = defineCommand({
  name: 'rate',
  summary: 'Rate a plugin that your tenant has installed; rating again replaces your rating',
  examples: ['plexica rate sales-chart --stars 5', 'plexica rate sales-chart --stars 3 --review - < review.md'],
  form,
  load: async () => (await import('../marketplace/rate-plugin.ts')).ratePlugin,
})
