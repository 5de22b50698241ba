import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../src/db/migrate.ts'
import { type SearchQuery, searchIndex } from '../src/db/search-index.ts'
import { connectSqlite } from '../src/db/sqlite/connect-sqlite.ts'
import { searchQuery } from '../src/search/search-query.ts'
import { manyPlugins, seedPlugins } from './seed-plugins.ts'

// How much processor time searches take, in milliseconds: node test/measure-search.ts [plugins]
const cpuTime = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const count = Number(process.argv[2] ?? 10_000)
const folder = await mkdtemp(join(tmpdir(), 'plexica-search-'))
const db = connectSqlite(join(folder, 'plexica.db'))
await migrate(db)
const plugins = manyPlugins(count)
let started = cpuTime()
await seedPlugins(db, plugins)
console.log(`${count} plugins seeded in ${((cpuTime() - started) / 1000).toFixed(1)} s of processor`)

const now = new Date('2026-06-01T00:00:00.000Z')
const sample = plugins.filter((_, index) => index % Math.ceil(count / 200) === 0)
const word = (index: number) => sample[index % sample.length]?.manifest.name?.split(' ')[0] ?? ''
const slip = (text: string) => `${text.slice(0, 2)}${text[3] ?? 'x'}${text[2]}${text.slice(4)}`
const texts: Record<string, (index: number) => string> = {
  'one word': word,
  'two words': (index) => `${word(index)} ${sample[index]?.manifest.tags?.[0]}`,
  'prefix of 2': (index) => word(index).slice(0, 2),
  'prefix of 4': (index) => word(index).slice(0, 4),
  typo: (index) => slip(word(index)),
  'typo and word': (index) => `${slip(word(index))} ${sample[index]?.manifest.tags?.[0]}`,
}
type Asked = Parameters<typeof searchQuery>[0]
const cases: [string, (index: number) => Asked][] = [
  ...(['relevance', 'rating', 'downloads', 'newest'] as const).map((sortBy): [string, () => Asked] => [
    `no words, ${sortBy}`,
    () => ({ sortBy }),
  ]),
  ['no words, category and price', () => ({ category: ['content'], priceType: 'paid' })],
  ['no words, minRating 4', () => ({ minRating: 4 })],
  ['no words, skip half', () => ({ skip: Math.floor(count / 2) })],
  ...Object.entries(texts).map(([name, text]): [string, (index: number) => Asked] => [
    name,
    (index) => ({ q: text(index) }),
  ]),
  ['one word, rating, category', (index) => ({ q: word(index), sortBy: 'rating', category: ['content'] })],
]
for (const [name, asked] of cases) {
  const times: number[] = []
  let empty = 0
  for (let index = 0; index < sample.length; index++) {
    const query: SearchQuery = searchQuery(asked(index), now)
    started = cpuTime()
    const { rows } = await searchIndex(db, query)
    times.push(cpuTime() - started)
    if (rows.length === 0) empty++
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2)
  console.log(`${name.padEnd(30)} p50 ${at(0.5).padStart(7)}  p95 ${at(0.95).padStart(7)}  ms   nothing found ${empty}`)
}
await db.destroy()
await rm(folder, { recursive: true })
