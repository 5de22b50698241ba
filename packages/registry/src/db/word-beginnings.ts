import { popularityOf } from './popularity.ts'
import { wordsOf } from './search-words.ts'
import type { Db, PluginRow, Trx } from './tables.ts'

/** Letters of a word that are looked at; by then people have found what they are typing. */
const longestBeginning = 16

/** How the table names words that begin so. */
export function beginningOf(word: string): string {
  return [...word].slice(0, longestBeginning).join('')
}

/** How the table names a word that has been typed to its end: no beginning has a space. */
export function wholeWord(word: string): string {
  return `${beginningOf(word)} `
}

/** Every beginning of every word of a plugin's id and name, and each word as a whole. */
function beginningsOf({ id, name }: Pick<PluginRow, 'id' | 'name'>): string[] {
  const beginnings = new Set<string>()
  for (const word of wordsOf(`${id} ${name}`)) {
    const letters = [...word].slice(0, longestBeginning)
    for (const end of letters.keys()) beginnings.add(letters.slice(0, end + 1).join(''))
    beginnings.add(wholeWord(word))
  }
  return [...beginnings]
}

/** Lets a plugin be suggested to who types one of its words. */
export async function addBeginnings(
  db: Db,
  plugin: Pick<PluginRow, 'number' | 'id' | 'name' | 'install_count'>,
): Promise<void> {
  const popularity = popularityOf(plugin.install_count)
  const rows = beginningsOf(plugin).map((beginning) => ({ beginning, popularity, number: plugin.number }))
  if (rows.length > 0) await db.insertInto('search_beginnings').values(rows).execute()
}

export async function removeBeginnings(trx: Trx, pluginId: string): Promise<void> {
  await trx
    .deleteFrom('search_beginnings')
    .where('number', '=', (select) => select.selectFrom('plugins').select('number').where('id', '=', pluginId))
    .execute()
}

/** To be called in the transaction that changes a plugin's count of installs. */
export async function refreshPopularity(trx: Trx, pluginId: string): Promise<void> {
  const plugin = await trx
    .selectFrom('plugins')
    .select(['number', 'install_count'])
    .where('id', '=', pluginId)
    .executeTakeFirst()
  if (!plugin) return
  const popularity = popularityOf(plugin.install_count)
  await trx
    .updateTable('search_beginnings')
    .set({ popularity })
    .where('number', '=', plugin.number)
    .where('popularity', '!=', popularity)
    .execute()
}
