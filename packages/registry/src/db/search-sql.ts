import { type RawBuilder, sql } from 'kysely'
import { daysBefore } from '../days.ts'
import { correctWords } from './correct-words.ts'
import { smoothedRating } from './published-order.ts'
import type { SearchGroup, SearchQuery, SearchResult } from './search-index.ts'
import { areTelling } from './search-words.ts'
import type { Db } from './tables.ts'

/** A page of plugins by their numbers, and the counts beside it. */
export interface Found {
  readonly numbers: number[]
  readonly groups: SearchGroup[]
}

/** For each word itself, or those that stand in for it. */
type Choices = readonly (readonly string[])[]

/** Published plugins that match. When nothing has the words, words that look like the unknown ones stand in for them. */
export async function searchWith(
  db: Db,
  { words }: SearchQuery,
  find: (words: Choices) => Promise<Found>,
): Promise<SearchResult> {
  const found = await find(words.map((word) => [word]))
  if (found.groups.length > 0 || words.length === 0) return withRows(db, found)
  const corrected = await correctWords(db, words)
  return withRows(db, corrected ? await find(corrected) : found)
}

async function withRows(db: Db, { numbers, groups }: Found): Promise<SearchResult> {
  if (numbers.length === 0) return { rows: [], groups }
  const rows = await db.selectFrom('plugins').selectAll().where('number', 'in', numbers).execute()
  const place = new Map(numbers.map((number, index) => [number, index]))
  return { rows: rows.toSorted((a, b) => (place.get(a.number) ?? 0) - (place.get(b.number) ?? 0)), groups }
}

/** What page and counts have in common, beside the words. */
export function published({ visible, statuses, minRating }: SearchQuery): RawBuilder<unknown> {
  const hasStatus = statuses.length > 0 ? sql`status in (${sql.join(statuses)})` : sql`true`
  const isRated = minRating === undefined ? sql`true` : sql`average_rating >= ${minRating}`
  return sql`published_at is not null and ${visible} and ${hasStatus} and ${isRated}`
}

/** What narrows the page and no counts. `unindexed` goes before a column that is not to be looked up by its index. */
export function filtered({ categories, priceType }: SearchQuery, unindexed: '+' | ''): RawBuilder<unknown> {
  const column = (name: string) => sql.raw(unindexed + name)
  const inCategory = categories.length > 0 ? sql`${column('category')} in (${sql.join(categories)})` : sql`true`
  return priceType ? sql`${inCategory} and ${column('price_type')} = ${priceType}` : inCategory
}

/** How many there are of each category and price. */
export function groupsOf(matching: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select category, price_type, count(*) as n from ${matching} group by category, price_type`
}

const smoothed = sql.raw(smoothedRating)

/** Each has its index. Without words, relevant is what most tenants chose. */
export const order: Record<SearchQuery['sortBy'], RawBuilder<unknown>> = {
  relevance: sql`install_count`,
  rating: smoothed,
  downloads: sql`download_count`,
  newest: sql`published_at`,
}

/**
 * Relevance is how well the words fit, which of a single letter nobody asks, times 0.7 to 1 by rating, times 1 and a
 * tenth for each power of ten of installs, times 1.1 in the first month and 1.05 in the first half year. The plugin whose
 * id was typed comes before all.
 */
export function textOrder({ sortBy, now, words }: SearchQuery, fit: RawBuilder<unknown>): RawBuilder<unknown> {
  if (sortBy !== 'relevance') return order[sortBy]
  const daysAgo = (days: number) => daysBefore(new Date(now), days).toISOString()
  return sql`${areTelling(words) ? fit : sql`1.0`}
    * (0.7 + 0.06 * ${smoothed}) * (1.0 + 0.1 * log10(cast(1 + install_count as double precision)))
    * case when published_at >= ${daysAgo(30)} then 1.1 when published_at >= ${daysAgo(180)} then 1.05 else 1.0 end`
}

/** Every word, by itself or one of those that stand in for it; the last one may go on. Quoted, none can be an operator. */
export function matchExpression(
  words: Choices,
  { quote, prefix, or, and }: Readonly<Record<'quote' | 'prefix' | 'or' | 'and', string>>,
): string {
  return words
    .map((choices, index) => {
      const more = index === words.length - 1 ? prefix : ''
      return `(${choices.map((word) => `${quote}${word}${quote}${more}`).join(` ${or} `)})`
    })
    .join(` ${and} `)
}
