import { type Kysely, sql } from 'kysely'

/** The full-text index, kept by search-store's `indexPlugin` in the transaction that changes a listing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create virtual table plugin_search using fts5(
      id, name, tags, description, author,
      tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    )`.execute(db)
}
