import type { Manifest } from '@plexica/manifest-schema'
import { type RawBuilder, sql } from 'kysely'
import { trigramsOf, worthLearning } from '../correct-words.ts'
import type { SearchQuery, SearchResult } from '../search-index.ts'
import {
  type Found,
  filtered,
  groupsOf,
  matchExpression,
  order,
  published,
  searchWith,
  textOrder,
} from '../search-sql.ts'
import { wordsOf } from '../search-words.ts'
import type { Db, Trx } from '../tables.ts'

/** Adds a plugin's listing to the full-text index. */
export async function indexPlugin(trx: Trx, manifest: Manifest, { isPublic }: { isPublic: boolean }): Promise<void> {
  const { id, name, tags = [], category, description, author } = manifest
  // Folded here and in a query by the same function, so that the two cannot disagree about what a word is.
  const fields = [
    { weight: 'A', words: wordsOf(name) },
    { weight: 'B', words: wordsOf(id) },
    { weight: 'C', words: wordsOf([...tags, category].join(' ')) },
    { weight: 'D', words: wordsOf(description) },
    { weight: 'D', words: wordsOf(author.name) },
  ]
  await sql`
    insert into plugin_search (number, words)
    select number, ${vectorOf(fields)}::tsvector from plugins where id = ${id}`.execute(trx)
  if (isPublic) await learnWords(trx, worthLearning(fields.flatMap(({ words }) => words)))
}

/** The last place in a text that PostgreSQL tells from others. */
const lastPlace = 16_383

/** Written out as `'word':place weight`, since PostgreSQL's own parser has another idea of what a word is. */
function vectorOf(fields: readonly { weight: string; words: readonly string[] }[]): string {
  return fields
    .flatMap(({ weight, words }) => words.map((word) => ({ word, weight })))
    .map(({ word, weight }, index) => `'${word}':${Math.min(index + 1, lastPlace)}${weight}`)
    .join(' ')
}

async function learnWords(trx: Trx, words: readonly string[]): Promise<void> {
  const { rows: fresh } = await sql<{ word: string }>`
    insert into search_words (word) select unnest(${words}::text[]) on conflict do nothing returning word`.execute(trx)
  const pairs = fresh.flatMap(({ word }) => trigramsOf(word).map((trigram) => ({ trigram, word })))
  await sql`
    insert into search_trigrams (trigram, word)
    select * from unnest(${pairs.map(({ trigram }) => trigram)}::text[], ${pairs.map(({ word }) => word)}::text[])
    on conflict do nothing`.execute(trx)
}

export async function removeFromIndex(trx: Trx, pluginId: string): Promise<void> {
  await sql`delete from plugin_search where number = (select number from plugins where id = ${pluginId})`.execute(trx)
}

export async function searchIndex(db: Db, query: SearchQuery): Promise<SearchResult> {
  return searchWith(db, query, async (words) => {
    const statement = words.length === 0 ? browse(query) : textSearch(query, matchExpression(words, tsquery))
    const { rows } = await statement.execute(db)
    return rows[0] ?? { numbers: [], groups: [] }
  })
}

const tsquery = { quote: "'", prefix: ':*', or: '|', and: '&' }

/** Page and counts in one row: what matches is looked up once for both. */
function browse(query: SearchQuery): RawBuilder<Found> {
  const matching = sql`plugins where ${published(query)}`
  return answerFrom(
    sql`select number from ${matching} and ${filtered(query, '')} order by ${order[query.sortBy]} desc, number
      limit ${query.take} offset ${query.skip}`,
    groupsOf(matching),
  )
}

function textSearch(query: SearchQuery, match: string): RawBuilder<Found> {
  // Weights of D (description and author), C (tags), B (id) and A (name); 1 makes long texts count for less.
  const fit = sql`ts_rank('{0.2, 0.4, 0.8, 1.0}', s.words, ${match}::tsquery, 1)`
  // Few and short columns: a prefix of two letters can match most of what there is, and every match is kept.
  const hits = sql`
    select plugins.number, plugins.id, category, price_type, ${textOrder(query, fit)} as score
    from plugin_search s join plugins on plugins.number = s.number
    where s.words @@ ${match}::tsquery and ${published(query)}`
  return answerFrom(
    sql`select number from hits where ${filtered(query, '')}
      order by id = ${query.words.join('-')} desc, score desc, number limit ${query.take} offset ${query.skip}`,
    groupsOf(sql`hits`),
    sql`with hits as materialized (${hits})`,
  )
}

function answerFrom(page: RawBuilder<unknown>, groups: RawBuilder<unknown>, prelude = sql``): RawBuilder<Found> {
  return sql`${prelude} select
    (select coalesce(json_agg(number), '[]') from (${page}) as page) as numbers,
    (select coalesce(json_agg(json_build_object('category', category, 'priceType', price_type, 'count', n)), '[]')
      from (${groups}) as counted) as groups`
}
