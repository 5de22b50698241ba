import { text } from 'node:stream/consumers'
import { canAsk } from '../can-ask.ts'
import type { Outcome } from '../command.ts'
import type { RateInput } from '../commands/rate.ts'
import { connectWithKey } from '../connect.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { readSettings } from '../settings.ts'
import { onlyPlugin } from './plugin-name.ts'

/** One rating per person and plugin. Without --review the words of an earlier rating stay. */
export async function ratePlugin(input: RateInput, context: Context): Promise<Outcome> {
  const { console, cwd, env, signal, stdin } = context
  const pluginId = onlyPlugin(input.plugin)
  const asking = canAsk(context, input.nonInteractive)
  if (input.stars === undefined && !asking) {
    throw failure('answer_missing', 'How many stars?', { fix: 'There is no terminal to ask on: give --stars 1 to 5.' })
  }
  if (input.stars !== undefined && ![1, 2, 3, 4, 5].includes(input.stars)) {
    throw failure('usage_invalid', 'Stars are a whole number from 1 to 5.', { fix: 'Write --stars 4, for example.' })
  }
  const client = connectWithKey(context, readSettings({ folder: cwd, env, options: input }))
  const { rating, refusal } = await client.getOwnRating({ params: { pluginId }, signal })
  // Who may not rate is not asked for words. The registry gives its whole answer below.
  const asks = asking && refusal === null
  const stars = input.stars ?? (asks ? await askStars(rating?.stars) : 1)
  const given = input.review === '-' ? (await text(stdin())).trim() : input.review
  const review = given ?? (asks && input.stars === undefined ? await askReview(rating?.review) : rating?.review)
  signal.throwIfAborted()
  const answer = await client.ratePlugin({
    params: { pluginId },
    body: { stars, ...(review ? { review } : {}) },
    signal,
  })
  console.say(`${rating === null ? 'Rated' : 'Changed your rating of'} ${pluginId}: ${starsText(answer.stars)}`)
  return { answer }
}

function starsText(stars: number): string {
  return `${'★'.repeat(stars)}${'☆'.repeat(5 - stars)}`
}

async function askStars(before: number | undefined): Promise<number> {
  const { default: inquirer } = await import('inquirer')
  const { stars } = await inquirer.prompt<{ stars: number }>([
    {
      type: 'select',
      name: 'stars',
      message: 'Stars',
      choices: [5, 4, 3, 2, 1].map((value) => ({ name: starsText(value), value })),
      default: before ?? 5,
    },
  ])
  return stars
}

async function askReview(before: string | null | undefined): Promise<string> {
  const { default: inquirer } = await import('inquirer')
  const { review } = await inquirer.prompt<{ review: string }>([
    {
      type: 'input',
      name: 'review',
      message: 'What should others know? (optional)',
      ...(before ? { default: before } : {}),
    },
  ])
  return review.trim()
}
