// The least search server: Express and one pass over an FTS5 table that gives page, total and facets. No rights, no
// typos, no ranking by more than the text.   node search.mjs PORT REGISTRY.db
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../packages/registry/package.json', import.meta.url))
const [port, file] = process.argv.slice(2)
const database = new (require('better-sqlite3'))('')
database.exec(`
  attach '${file.replaceAll("'", "''")}' as registry;
  create table plugins (number integer primary key, id, name, description, category, tags, author, pricing, price_type,
    icon, average_rating, rating_count, download_count, install_count, published_at, updated_at);
  insert into plugins select number, id, name, description, category, tags, author, pricing, price_type,
    icon, average_rating, rating_count, download_count, install_count, published_at, updated_at
    from registry.plugins where published_at is not null;
  create index plugins_group on plugins (category, price_type);
  create index plugins_installs on plugins (install_count desc);
  create index plugins_rating on plugins (average_rating desc);
  create index plugins_downloads on plugins (download_count desc);
  create index plugins_age on plugins (published_at desc);
  create virtual table words using fts5(id, name, tags, description, author,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
  insert into words (rowid, id, name, tags, description, author)
    select number, id, name, tags || ' ' || category, description, author from plugins;
  detach registry;
  analyze`)

const orders = {
  rating: 'average_rating',
  downloads: 'download_count',
  newest: 'published_at',
  relevance: 'install_count',
}
const prepared = new Map()

/** One statement for each combination of filters, prepared once. */
function statementFor(query) {
  const { category, priceType, minRating, sortBy = 'relevance' } = query
  const words = (query.q ?? '').trim() !== ''
  const key = [words, category, priceType, minRating, sortBy].map(Boolean).join() + sortBy
  let statement = prepared.get(key)
  if (statement) return statement
  const filters = [category && 'category = @category', priceType && 'price_type = @priceType'].filter(Boolean)
  const where = filters.length > 0 ? `where ${filters.join(' and ')}` : ''
  const rated = minRating ? 'average_rating >= @minRating' : 'true'
  const score = words && sortBy === 'relevance' ? '-bm25(words, 8.0, 10.0, 4.0, 2.0, 1.0)' : orders[sortBy]
  const table = words ? 'hits' : 'plugins'
  const page = words
    ? `select number from hits ${where} order by score desc limit 20`
    : `select number from plugins ${where || 'where true'} and ${rated} order by ${score} desc limit 20`
  const hits = `with hits as materialized (
    select number, category, price_type, ${score} as score from words cross join plugins on number = words.rowid
    where words match @match and ${rated})`
  statement = database.prepare(`${words ? hits : ''} select
    (select json_group_array(number) from (${page})) as numbers,
    (select json_group_array(json_array(category, price_type, n)) from
      (select category, price_type, count(*) as n from ${table} ${words ? '' : `where ${rated}`}
       group by category, price_type)) as groups`)
  prepared.set(key, statement)
  return statement
}

const rowOf = database.prepare('select * from plugins where number = ?')
const app = require('express')()
app.get('/', (_request, response) => response.end())
app.get('/api/plugins/search', (request, response) => {
  const { query } = request
  const words = (query.q ?? '').match(/[\p{L}\p{N}]+/gu) ?? []
  const match = words.map((word, index) => `"${word}"${index === words.length - 1 ? '*' : ''}`).join(' AND ')
  const found = statementFor(query).get({ ...query, match })
  const plugins = JSON.parse(found.numbers).map((number) => rowOf.get(number))
  response.json({ plugins, groups: JSON.parse(found.groups) })
})
app.listen(Number(port), '127.0.0.1')
