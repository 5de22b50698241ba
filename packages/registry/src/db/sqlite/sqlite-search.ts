import type { Manifest } from '@plexica/manifest-schema'
import { type RawBuilder, sql } from 'kysely'
import { trigramsOf, worthLearning } from '../correct-words.ts'
import type { SearchQuery, SearchResult } from '../search-index.ts'
import { filtered, groupsOf, matchExpression, order, published, searchWith, textOrder } from '../search-sql.ts'
import { wordsOf } from '../search-words.ts'
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

export async function searchIndex(db: Db, query: SearchQuery): Promise<SearchResult> {
  return searchWith(db, query, async (words) => {
    const statement = words.length === 0 ? browse(query) : textSearch(query, matchExpression(words, fts5))
    const { rows } = await statement.execute(db)
    const [found = { numbers: '[]', groups: '[]' }] = rows
    return { numbers: JSON.parse(found.numbers), groups: JSON.parse(found.groups) }
  })
}

const fts5 = { quote: '"', prefix: ' *', or: 'OR', and: 'AND' }

/** With a plus a column is not looked up by its index: the index of the order gives a page without sorting. */
const unindexed = '+'

/** Page and counts as JSON in one row: what matches is looked up once for both. */
type Statement = RawBuilder<{ numbers: string; groups: string }>

function browse(query: SearchQuery): Statement {
  const matching = sql`plugins where ${published(query)}`
  return answerFrom(
    sql`select number from ${matching} and ${filtered(query, unindexed)} order by ${order[query.sortBy]} desc, number
      limit ${query.take} offset ${query.skip}`,
    groupsOf(matching),
  )
}

function textSearch(query: SearchQuery, match: string): Statement {
  // Weights of id, name, tags, description and author; bm25 is smaller for better matches.
  const fit = sql`-bm25(plugin_search, 8.0, 10.0, 4.0, 2.0, 1.0)`
  // Few and short columns: a prefix of two letters can match most of what there is, and every match is kept.
  const hits = sql`
    select plugins.number, category, price_type, ${textOrder(query, fit)} as score
    from plugin_search cross join plugins on plugins.number = plugin_search.rowid
    where plugin_search match ${match} and ${published(query)}`
  return answerFrom(
    sql`select number from hits where ${filtered(query, unindexed)}
      order by number = (select number from plugins where id = ${query.words.join('-')}) desc, score desc, number
      limit ${query.take} offset ${query.skip}`,
    groupsOf(sql`hits`),
    sql`with hits as materialized (${hits})`,
  )
}

function answerFrom(page: RawBuilder<unknown>, groups: RawBuilder<unknown>, prelude = sql``): Statement {
  return sql`${prelude} select
    (select json_group_array(number) from (${page})) as numbers,
    (select json_group_array(json_object('category', category, 'priceType', price_type, 'count', n))
      from (${groups})) as groups`
}
