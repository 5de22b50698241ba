import { type Command, defineCommand, type InputOf, list, many, number, text } from '../command.ts'
import { jsonOption, registryOptions } from '../shared-options.ts'

const form = {
  arguments: { words: many('what to look for; the last word may be the start of one') },
  options: {
    category: list('--category <name>', 'only this category; may be given several times'),
    price: text('--price <type>', 'only free or only paid plugins', ['free', 'paid']),
    minRating: number('--min-rating <stars>', 'only plugins with at least so many stars, 1 to 5'),
    sort: text('--sort <order>', 'order of the answer (default: relevance)', [
      'relevance',
      'rating',
      'downloads',
      'newest',
    ]),
    take: number('--take <count>', 'how many to show, up to 100 (default: 20)'),
    ...registryOptions,
    json: jsonOption,
  },
} as const
export type SearchInput = InputOf<typeof form>

export const searchCommand: Command = defineCommand({
  name: 'search',
  summary: 'Search the marketplace',
  examples: ['plexica search sales chart', 'plexica search shipping --price free --sort rating'],
  form,
  load: async () => (await import('../marketplace/search-plugins.ts')).searchPlugins,
})
