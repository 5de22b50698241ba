import { categories } from '@plexica/manifest-schema/validate'
import type { Outcome } from '../command.ts'
import type { SearchInput } from '../commands/search.ts'
import { connect } from '../connect.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { readSettings } from '../settings.ts'
import { countText } from '../style.ts'
import { priceText, ratingText } from './listing-text.ts'

type SortBy = 'relevance' | 'rating' | 'downloads' | 'newest'

/** Anybody may search; no key is needed. */
export async function searchPlugins(input: SearchInput, context: Context): Promise<Outcome> {
  const { console, cwd, env, signal } = context
  const settings = readSettings({ folder: cwd, env, options: input })
  const query = {
    q: input.words.join(' ').slice(0, 200),
    ...(input.category ? { category: input.category.map(categoryOf) } : {}),
    ...(input.price ? { priceType: input.price as 'free' | 'paid' } : {}),
    ...(input.minRating ? { minRating: input.minRating } : {}),
    ...(input.sort ? { sortBy: input.sort as SortBy } : {}),
    ...(input.take ? { take: input.take } : {}),
  }
  const answer = await connect(context, settings).searchPlugins({ query, signal })
  const { plugins, total } = answer
  console.table(
    plugins.map((plugin) => [
      plugin.id,
      plugin.latestVersion ?? '',
      ratingText(plugin),
      priceText(plugin.pricing),
      short(plugin.description),
    ]),
  )
  if (total === 0) console.note('No plugin matches.')
  else if (total > plugins.length)
    console.note(`${plugins.length} of ${countText(total, 'plugin')}; --take shows more.`)
  return { answer }
}

function categoryOf(name: string): (typeof categories)[number] {
  const found = categories.find((category) => category === name)
  if (found) return found
  throw failure('usage_invalid', `There is no category \`${name}\`.`, { fix: `Write one of ${categories.join(', ')}.` })
}

function short(text: string): string {
  return text.length <= 70 ? text : `${text.slice(0, 69).toWellFormed()}…`
}
