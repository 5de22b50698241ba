import type { Client, Suggestion } from '@plexica/api'
import { categories } from '@plexica/manifest-schema/validate'
import type { Outcome } from '../command.ts'
import type { SearchInput } from '../commands/search.ts'
import { connect } from '../connect.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { readSettings } from '../settings.ts'
import { countText, printable } from '../style.ts'
import { priceText, ratingText } from './listing-text.ts'

/** All words, and some of them alone. */
const mostSuggestionQuestions = 5

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
  const client = connect(context, settings)
  const answer = await client.searchPlugins({ query, signal })
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
  if (total === 0) return { answer: { ...answer, suggestions: await suggest(client, input, context) } }
  if (total > plugins.length) console.note(`${plugins.length} of ${countText(total, 'plugin')}; --take shows more.`)
  return { answer }
}

/** What may have been meant: without the filters, or a plugin whose name begins like one of the words. */
async function suggest(client: Client, input: SearchInput, { console, signal }: Context): Promise<Suggestion[]> {
  const { words, category, price, minRating } = input
  console.note('No plugin matches. Fewer words find more.')
  if ((category ?? price ?? minRating) !== undefined) {
    const { total } = await client.searchPlugins({ query: { q: words.join(' ').slice(0, 200), take: 1 }, signal })
    if (total > 0) console.note(`Without --category, --price and --min-rating ${countText(total, 'plugin')} would.`)
  }
  const asked = [words.join(' '), ...words].slice(0, mostSuggestionQuestions)
  const found = await Promise.all(
    asked.map(
      async (q) => (await client.suggestPlugins({ query: { q: q.slice(0, 200), take: 3 }, signal })).suggestions,
    ),
  )
  const suggestions = [...new Map(found.flat().map((one) => [one.id, one])).values()].slice(0, 5)
  if (suggestions.length > 0) {
    console.note(`Did you mean ${suggestions.map(({ id, name }) => `${id} (${printable(name)})`).join(', ')}?`)
  }
  return suggestions
}

function categoryOf(name: string): (typeof categories)[number] {
  const found = categories.find((category) => category === name)
  if (found) return found
  throw failure('usage_invalid', `There is no category \`${name}\`.`, { fix: `Write one of ${categories.join(', ')}.` })
}

function short(text: string): string {
  return text.length <= 70 ? text : `${text.slice(0, 69).toWellFormed()}…`
}
