import { sql } from 'kysely'
import { correctWords } from '../db/correct-words.ts'
import { wordsOf } from '../db/search-words.ts'
import type { Db, PluginRow } from '../db/tables.ts'
import { beginningOf, wholeWord } from '../db/word-beginnings.ts'
import { type Audience, listed } from './listed.ts'

/** What a suggestion shows. */
export type SuggestedRow = Pick<
  PluginRow,
  'number' | 'id' | 'name' | 'icon' | 'category' | 'status' | 'visibility' | 'listing_version' | 'install_count'
>

/** More words name no plugin better. */
const mostWords = 6
/** Read for each one that is shown: among those of about the same popularity, the exact count decides. */
const readAhead = 3

/**
 * Plugins whose id and name have these words, the last one at least its beginning; those that most tenants have first,
 * and before them the one whose id was typed. When there are none, words that look like the unknown ones stand in.
 */
export async function suggestPlugins(db: Db, text: string, audience: Audience): Promise<SuggestedRow[]> {
  const words = wordsOf(text).slice(0, mostWords)
  if (words.length === 0) return []
  const [typed, found] = await Promise.all([
    suggested(db, audience).where('plugins.id', '=', words.join('-')).execute(),
    findAll(
      db,
      words.map((word) => [word]),
      audience,
    ),
  ])
  if (found.length > 0 || typed.length > 0) return ranked([...typed, ...found], words.join('-')).slice(0, audience.take)
  const corrected = await correctWords(db, words)
  return corrected ? ranked(await findAll(db, corrected, audience)).slice(0, audience.take) : []
}

/** Plugins with one of the alternatives for each word. */
async function findAll(db: Db, words: readonly (readonly string[])[], audience: Audience): Promise<SuggestedRow[]> {
  const beginnings = words.map((alternatives, index) =>
    alternatives.map(index === words.length - 1 ? beginningOf : wholeWord),
  )
  const [walked = [], ...others] = await rarestFirst(db, beginnings)
  const [first, ...more] = walked.map((beginning) =>
    db.selectFrom(findBeginning(db, beginning, others, audience).as('some')).selectAll(),
  )
  return first ? more.reduce((all, next) => all.unionAll(next), first).execute() : []
}

/** Plugins of a word that are counted to find the rarest. */
const mostCounted = 500

/** The word that the fewest plugins have is walked in the order of their popularity, and they are asked for the others. */
async function rarestFirst(db: Db, beginnings: string[][]): Promise<string[][]> {
  if (beginnings.length === 1) return beginnings
  const [first, ...more] = beginnings.map((alternatives, place) => countSome(db, alternatives, place))
  if (!first) return beginnings
  const counts = await more.reduce((all, next) => all.unionAll(next), first).execute()
  return counts.sort((a, b) => a.count - b.count || a.place - b.place).map(({ place }) => beginnings[place] ?? [])
}

function countSome(db: Db, alternatives: string[], place: number) {
  const some = db
    .selectFrom('search_beginnings')
    .select('number')
    .where('beginning', 'in', alternatives)
    .limit(mostCounted)
    .as('some')
  return db
    .selectFrom(some)
    .select((select) => [sql<number>`cast(${place} as integer)`.as('place'), select.fn.countAll<number>().as('count')])
}

function findBeginning(db: Db, beginning: string, others: readonly (readonly string[])[], audience: Audience) {
  let query = suggested(db, audience)
    .innerJoin('search_beginnings as walked', 'walked.number', 'plugins.number')
    .where('walked.beginning', '=', beginning)
  for (const alternatives of others) {
    query = query.where((where) =>
      where.exists(
        where
          .selectFrom('search_beginnings as other')
          .select(sql`1`.as('one'))
          .where('other.beginning', 'in', alternatives)
          .whereRef('other.popularity', '=', 'walked.popularity')
          .whereRef('other.number', '=', 'walked.number'),
      ),
    )
  }
  return query
    .orderBy('walked.popularity', 'desc')
    .orderBy('walked.number', 'desc')
    .limit(audience.take * readAhead)
}

function suggested(db: Db, audience: Audience) {
  return listed(db, audience).select([
    'plugins.number',
    'plugins.id',
    'plugins.name',
    'plugins.icon',
    'plugins.category',
    'plugins.status',
    'plugins.visibility',
    'plugins.listing_version',
    'plugins.install_count',
  ])
}

function ranked(rows: readonly SuggestedRow[], typed?: string): SuggestedRow[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()].sort(
    (a, b) =>
      Number(b.id === typed) - Number(a.id === typed) || b.install_count - a.install_count || a.number - b.number,
  )
}
