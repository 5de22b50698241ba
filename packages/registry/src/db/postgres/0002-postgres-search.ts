import { type Kysely, sql } from 'kysely'
import { publishedIndexes } from '../published-order.ts'

/**
 * The full-text index, the words in it, and an index for each way to sort what is published. Nothing here needs an
 * extension, which the registry's role may not be allowed to create.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table plugin_search (
      number bigint not null primary key references plugins (number) on delete cascade, words tsvector not null
    )`.execute(db)
  await sql`create index plugin_search_by_word on plugin_search using gin (words)`.execute(db)
  // Every word that was ever indexed and its trigrams, so that a mistyped one finds those that look like it.
  await sql`create table search_words (word text collate "C" not null primary key)`.execute(db)
  await sql`
    create table search_trigrams (
      trigram text collate "C" not null, word text collate "C" not null, primary key (trigram, word)
    )`.execute(db)
  for (const [name, columns] of Object.entries(publishedIndexes)) {
    await sql`create index ${sql.ref(`plugins_${name}`)} on plugins (${sql.raw(columns)})
      where published_at is not null`.execute(db)
  }
}
