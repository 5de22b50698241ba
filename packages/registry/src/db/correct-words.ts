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
  let corrected = false
  const choices: string[][] = []
  for (const [index, word] of words.entries()) {
    const prefix = index === words.length - 1
    if (await isKnown(db, word, prefix)) {
      choices.push([word])
      continue
    }
    const near = closestWords(word, await candidatesFor(db, word, prefix), { prefix, most: mostCorrections })
    if (near.length === 0) return undefined
    corrected = true
    choices.push(near)
  }
  return corrected ? choices : undefined
}

async function isKnown(db: Db, word: string, prefix: boolean): Promise<boolean> {
  const upTo = prefix ? sql`word < ${`${word}\u{10ffff}`}` : sql`word = ${word}`
  const { rows } = await sql`select 1 from search_words where word >= ${word} and ${upTo} limit 1`.execute(db)
  return rows.length > 0
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
