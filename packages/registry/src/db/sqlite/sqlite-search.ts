import type { Manifest } from '@plexica/manifest-schema'
import { type RawBuilder, sql } from 'kysely'
import { correctWords, trigramsOf, worthLearning } from '../correct-words.ts'
import { smoothedRating } from '../published-order.ts'
import type { SearchGroup, SearchQuery, SearchResult } from '../search-index.ts'
import { areTelling, wordsOf } from '../search-words.ts'
import type { Db, Trx } from '../tables.ts'

/** Adds a plugin's listing to the full-text index. */
export async function indexPlugin(trx: Trx, manifest: Manifest, { isPublic }: { isPublic: boolean }): Promise<void> {
  const { id, name, tags = [], category, description, author } = manifest
  // Folded here and in a query by the same function, so that the two cannot disagree about what a word is.
  const texts = [id, name, [...tags, category].join(' '), description, author.name].map(wordsOf)
  await sql`
    insert into plugin_search (rowid, id, name, tags, description, author)
    select number, ${sql.join(texts.map((words) => words.join(' ')))} from plugins where id = ${id}`.execute(trx)
  if (isPublic) await learnWords(trx, worthLearning(texts.flat()))
}

async function learnWords(trx: Trx, words: readonly string[]): Promise<void> {
  const { rows: fresh } = await sql<{ word: string }>`
    insert into search_words (word) select value from json_each(${JSON.stringify(words)}) where true
    on conflict do nothing returning word`.execute(trx)
  const pairs = fresh.flatMap(({ word }) => trigramsOf(word).map((trigram) => [trigram, word]))
  await sql`
    insert or ignore into search_trigrams (trigram, word)
    select value ->> 0, value ->> 1 from json_each(${JSON.stringify(pairs)})`.execute(trx)
}

export async function removeFromIndex(trx: Trx, pluginId: string): Promise<void> {
  await sql`delete from plugin_search where rowid = (select number from plugins where id = ${pluginId})`.execute(trx)
}

/** Published plugins that match. When nothing has the words, words that look like the unknown ones stand in for them. */
export async function searchIndex(db: Db, query: SearchQuery): Promise<SearchResult> {
  const found = await findNumbers(db, query, matchExpression(query.words.map((word) => [word])))
  if (found.groups.length > 0 || query.words.length === 0) return withRows(db, found)
  const corrected = await correctWords(db, query.words)
  return withRows(db, corrected ? await findNumbers(db, query, matchExpression(corrected)) : found)
}

interface Found {
  numbers: number[]
  groups: SearchGroup[]
}

async function findNumbers(db: Db, query: SearchQuery, match: string): Promise<Found> {
  const { rows } = await (query.words.length === 0 ? browse(query) : textSearch(query, match)).execute(db)
  const [found = { numbers: '[]', groups: '[]' }] = rows
  return { numbers: JSON.parse(found.numbers), groups: JSON.parse(found.groups) }
}

async function withRows(db: Db, { numbers, groups }: Found): Promise<SearchResult> {
  if (numbers.length === 0) return { rows: [], groups }
  const rows = await db.selectFrom('plugins').selectAll().where('number', 'in', numbers).execute()
  const place = new Map(numbers.map((number, index) => [number, index]))
  return { rows: rows.toSorted((a, b) => (place.get(a.number) ?? 0) - (place.get(b.number) ?? 0)), groups }
}

/** Page and counts as JSON in one row: what matches is looked up once for both. */
type Statement = RawBuilder<{ numbers: string; groups: string }>

function browse(query: SearchQuery): Statement {
  const published = sql`plugins where published_at is not null and ${query.visible} and ${narrowed(query)}`
  return answerFrom(
    sql`select number from ${published} and ${filtered(query)} order by ${order[query.sortBy]} desc, number
      limit ${query.take} offset ${query.skip}`,
    sql`select category, price_type, count(*) as n from ${published} group by category, price_type`,
  )
}

function textSearch(query: SearchQuery, match: string): Statement {
  // Few and short columns: a prefix of two letters can match most of what there is, and every match is kept.
  const hits = sql`
    select plugins.number, category, price_type, ${textOrder(query)} as score
    from plugin_search cross join plugins on plugins.number = plugin_search.rowid
    where plugin_search match ${match} and published_at is not null and ${query.visible} and ${narrowed(query)}`
  return answerFrom(
    sql`select number from hits where ${filtered(query)}
      order by number = (select number from plugins where id = ${query.words.join('-')}) desc, score desc, number
      limit ${query.take} offset ${query.skip}`,
    sql`select category, price_type, count(*) as n from hits group by category, price_type`,
    sql`with hits as materialized (${hits})`,
  )
}

function answerFrom(page: RawBuilder<unknown>, groups: RawBuilder<unknown>, prelude = sql``): Statement {
  return sql`${prelude} select
    (select json_group_array(number) from (${page})) as numbers,
    (select json_group_array(json_object('category', category, 'priceType', price_type, 'count', n))
      from (${groups})) as groups`
}

/** What counts and page have in common, beside the words. */
function narrowed({ minRating, statuses }: SearchQuery): RawBuilder<unknown> {
  const hasStatus = statuses.length > 0 ? sql`status in (${sql.join(statuses)})` : sql`true`
  return minRating === undefined ? hasStatus : sql`${hasStatus} and average_rating >= ${minRating}`
}

/** With a plus a column is not looked up by its index: the index of the order gives a page without sorting. */
function filtered({ categories, priceType }: SearchQuery): RawBuilder<unknown> {
  const inCategory = categories.length > 0 ? sql`+category in (${sql.join(categories)})` : sql`true`
  return priceType ? sql`${inCategory} and +price_type = ${priceType}` : inCategory
}

const smoothed = sql.raw(smoothedRating)

/** Each has its index. Without words, relevant is what most tenants chose. */
const order: Record<SearchQuery['sortBy'], RawBuilder<unknown>> = {
  relevance: sql`install_count`,
  rating: smoothed,
  downloads: sql`download_count`,
  newest: sql`published_at`,
}

/**
 * Relevance is how well the words fit, which of a single letter nobody asks, times 0.7 to 1 by rating, times 1 and a tenth for each power of ten of installs,
 * times 1.1 in the first month and 1.05 in the first half year. The plugin whose id was typed comes before all.
 */
function textOrder({ sortBy, now, words }: SearchQuery): RawBuilder<unknown> {
  if (sortBy !== 'relevance') return order[sortBy]
  const daysAgo = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString()
  // Weights of id, name, tags, description and author; bm25 is smaller for better matches.
  const fit = areTelling(words) ? sql`-bm25(plugin_search, 8.0, 10.0, 4.0, 2.0, 1.0)` : sql`1.0`
  return sql`${fit}
    * (0.7 + 0.06 * ${smoothed}) * (1.0 + 0.1 * log10(1 + install_count))
    * case when published_at >= ${daysAgo(30)} then 1.1 when published_at >= ${daysAgo(180)} then 1.05 else 1.0 end`
}

/** Every word, by itself or one of those that stand in for it; the last one may go on. Quoted, none can be an operator. */
function matchExpression(words: readonly (readonly string[])[]): string {
  return words
    .map((choices, index) => {
      const star = index === words.length - 1 ? ' *' : ''
      return `(${choices.map((word) => `"${word}"${star}`).join(' OR ')})`
    })
    .join(' AND ')
}
