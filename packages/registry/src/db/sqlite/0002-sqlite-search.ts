import { type Kysely, sql } from 'kysely'

/** The full-text index, the words in it, and an index for each way to sort what is published. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create virtual table plugin_search using fts5(
      id, name, tags, description, author,
      tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
    )`.execute(db)
  // Every word that was ever indexed and its trigrams, so that a mistyped one finds those that look like it.
  await sql`create table search_words (word text not null primary key) without rowid`.execute(db)
  await sql`
    create table search_trigrams (
      trigram text not null, word text not null, primary key (trigram, word)
    ) without rowid`.execute(db)
  // What is filtered by stands behind what is sorted by: a page and its counts come from an index alone.
  const filters = 'category, price_type, average_rating, published_at'
  const sorted = {
    by_group: filters,
    by_installs: `install_count desc, number, ${filters}`,
    by_downloads: `download_count desc, number, ${filters}`,
    by_age: `published_at desc, number, category, price_type, average_rating`,
    by_rating: `${smoothedRating} desc, number, ${filters}`,
  }
  for (const [name, columns] of Object.entries(sorted)) {
    await sql`create index ${sql.ref(`plugins_${name}`)} on plugins (${sql.raw(columns)})
      where published_at is not null`.execute(db)
  }
}

/** A rating counts for more the more there are of it: the mean of ten ratings of 3.5 and the plugin's own. */
export const smoothedRating = '((average_rating * rating_count + 35.0) / (rating_count + 10.0))'
