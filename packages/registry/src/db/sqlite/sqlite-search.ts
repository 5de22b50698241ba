import type { Manifest } from '@plexica/manifest-schema'
import { type RawBuilder, sql } from 'kysely'
import type { SearchQuery, SearchResult } from '../search-index.ts'
import type { Db, Trx } from '../tables.ts'

/** Adds a plugin's listing to the full-text index. */
export async function indexPlugin(trx: Trx, manifest: Manifest): Promise<void> {
  const words = [...(manifest.tags ?? []), manifest.category].join(' ')
  await sql`
    insert into plugin_search (rowid, id, name, tags, description, author)
    select number, ${manifest.id}, ${manifest.name}, ${words}, ${manifest.description}, ${manifest.author.name}
    from plugins where id = ${manifest.id}`.execute(trx)
}

export async function removeFromIndex(trx: Trx, pluginId: string): Promise<void> {
  await sql`delete from plugin_search where rowid = (select number from plugins where id = ${pluginId})`.execute(trx)
}

/**
 * Published plugins that match: one page of them, how many there are in all, and how many by facet. A facet's counts
 * ignore its own filter, so that a person sees what else could be chosen.
 */
export async function searchIndex(db: Db, query: SearchQuery): Promise<SearchResult> {
  const inCategory = query.categories.length > 0 ? sql`category in (${sql.join(query.categories)})` : sql`true`
  const atPrice = query.priceType ? sql`price_type = ${query.priceType}` : sql`true`
  const { rows: found } = await sql<{ total: number; numbers: string; categories: string; prices: string }>`
    with hits as materialized (${hits(query)})
    select
      (select count(*) from hits where ${inCategory} and ${atPrice}) as total,
      (select json_group_array(number) from (
        select number from hits where ${inCategory} and ${atPrice}
        order by ${order[query.sortBy]}, number limit ${query.take} offset ${query.skip})) as numbers,
      (select json_group_array(json_object('value', category, 'count', n)) from (
        select category, count(*) as n from hits where ${atPrice} group by category order by n desc, category)) as categories,
      (select json_group_array(json_object('value', price_type, 'count', n)) from (
        select price_type, count(*) as n from hits where ${inCategory} group by price_type order by n desc, price_type)) as prices
  `.execute(db)
  const [counts = { total: 0, numbers: '[]', categories: '[]', prices: '[]' }] = found
  const numbers: number[] = JSON.parse(counts.numbers)
  const rows =
    numbers.length === 0 ? [] : await db.selectFrom('plugins').selectAll().where('number', 'in', numbers).execute()
  const place = new Map(numbers.map((number, index) => [number, index]))
  return {
    rows: rows.toSorted((a, b) => (place.get(a.number) ?? 0) - (place.get(b.number) ?? 0)),
    total: counts.total,
    facets: { category: JSON.parse(counts.categories), priceType: JSON.parse(counts.prices) },
  }
}

function hits({ words, minRating }: SearchQuery): RawBuilder<unknown> {
  const columns = sql`p.number, p.category, p.price_type, p.average_rating, p.rating_count, p.download_count,
    p.install_count, p.published_at`
  const rated = minRating === undefined ? sql`true` : sql`p.average_rating >= ${minRating}`
  if (words.length === 0) {
    return sql`select ${columns}, 0.0 as text_score from plugins p where p.published_at is not null and ${rated}`
  }
  // Weights of id, name, tags, description and author; bm25 is smaller for better matches.
  return sql`
    select ${columns}, -bm25(plugin_search, 8.0, 10.0, 4.0, 2.0, 1.0) as text_score
    from plugin_search join plugins p on p.number = plugin_search.rowid
    where plugin_search match ${matchExpression(words)} and p.published_at is not null and ${rated}`
}

/** Every word has to be there; the last one may still be being typed. Quoted, a word cannot be an operator. */
function matchExpression(words: string[]): string {
  return words.map((word, index) => `"${word}"${index === words.length - 1 ? ' *' : ''}`).join(' ')
}

/** A rating counts for more the more there are of it: the average of a prior of ten ratings of 3.5 and its own. */
const smoothedRating = sql`((average_rating * rating_count + 35.0) / (rating_count + 10.0))`

const order: Record<SearchQuery['sortBy'], RawBuilder<unknown>> = {
  relevance: sql`text_score * (0.7 + 0.3 * ${smoothedRating} / 5.0) * (1.0 + 0.1 * log(1 + install_count)) desc, install_count desc, published_at desc`,
  rating: sql`${smoothedRating} desc, rating_count desc`,
  downloads: sql`download_count desc`,
  newest: sql`published_at desc`,
}
