import { type Kysely, sql } from 'kysely'
import { publishedIndexes } from '../published-order.ts'

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
  for (const [name, columns] of Object.entries(publishedIndexes)) {
    await sql`create index ${sql.ref(`plugins_${name}`)} on plugins (${sql.raw(columns)})
      where published_at is not null`.execute(db)
  }
}
