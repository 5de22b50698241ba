import { sql } from 'kysely'
import { closestWords, slipsForgiven } from './closest-words.ts'
import type { Db } from './tables.ts'

/** Longer words are not learned: nobody mistypes them, and they would fill the table of trigrams. */
const longestWord = 32
/** Words that look like a mistyped one and are compared with it letter by letter, in two lots. */
const mostCandidates = 200
/** Words that stand in for a mistyped one. */
const mostCorrections = 5

/** The words that may be meant by a mistyped one, each once, in an order that all writers keep. */
export function worthLearning(words: readonly string[]): string[] {
  return [...new Set(words)].filter((word) => word.length >= 3 && word.length <= longestWord).sort()
}

/** For each word that the index does not have, those that look like it; undefined when there is nothing to correct. */
export async function correctWords(db: Db, words: readonly string[]): Promise<string[][] | undefined> {
  const known = await areKnown(db, words)
  if (known.every(Boolean)) return undefined
  const choices = await Promise.all(
    words.map(async (word, index) => {
      if (known[index]) return [word]
      const prefix = index === words.length - 1
      return closestWords(word, await candidatesFor(db, word, prefix), { prefix, most: mostCorrections })
    }),
  )
  return choices.every((choice) => choice.length > 0) ? choices : undefined
}

/** For each word whether the index has it, or for the last one a word that begins so. */
async function areKnown(db: Db, words: readonly string[]): Promise<boolean[]> {
  const looks = words.map((word, index) => {
    const upTo = index === words.length - 1 ? sql`word < ${`${word}\u{10ffff}`}` : sql`word = ${word}`
    return sql`select cast(${index} as integer) as place
      where exists (select 1 from search_words where word >= ${word} and ${upTo})`
  })
  const { rows } = await sql<{ place: number }>`${sql.join(looks, sql` union all `)}`.execute(db)
  const places = new Set(rows.map(({ place }) => place))
  return words.map((_, index) => places.has(index))
}

/** Words that share trigrams, and those as short that begin with the same letter: a slip in few letters spares no trigram. */
async function candidatesFor(db: Db, word: string, prefix: boolean): Promise<string[]> {
  if (slipsForgiven(word) === 0) return []
  const length = [...word].length
  const least = length - slipsForgiven(word)
  const most = prefix ? longestWord : length + slipsForgiven(word)
  const fits = sql`length(word) between ${least} and ${most}`
  const [first = ''] = word
  const { rows } = await sql<{ word: string }>`
    select word from (
      select word from search_trigrams where trigram in (${sql.join(trigramsOf(word))}) and ${fits}
      group by word order by count(*) desc, length(word), word limit ${mostCandidates}) as alike
    union
    select word from (
      select word from search_words where ${length} < 6 and word >= ${first} and word < ${`${first}\u{10ffff}`} and ${fits}
      order by length(word), word limit ${mostCandidates}) as short`.execute(db)
  return rows.map((row) => row.word)
}

/** Three letters each, the first with the gap before it. */
export function trigramsOf(word: string): string[] {
  const letters = [' ', ...word]
  return [...new Set(letters.slice(2).map((_, index) => letters.slice(index, index + 3).join('')))]
}
