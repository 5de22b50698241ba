import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { startPostgres } from '../packages/registry/test/start-postgres.ts'
import type { Bench } from './bench.ts'
import { installsPerSecond } from './installing.ts'
import { askInTurn, type Latencies, percentile } from './latency.ts'
import { freePort, type Served, serve } from './programs.ts'
import { reportFigure, reportRatio } from './report.ts'
import { type CorpusLine, searchPaths, suggestPaths } from './search-queries.ts'
import { type RunningRegistry, startOurRegistry } from './servers.ts'

/** Plugins; `PLEXICA_BENCH_SIZES=1000,10000` leaves some out. */
const sizes = (process.env.PLEXICA_BENCH_SIZES ?? '1000,10000,100000').split(',').map(Number)
/** Times that each query is asked of each contender. */
const rounds = 3

const corpusFile = process.env.PLEXICA_CORPUS ?? join(import.meta.dirname, '../../shared/corpus/plugins-100k.jsonl.gz')

/**
 * Search, suggestions, lists and installs over HTTP on both engines, over the same plugins, beside the least program
 * that searches them: Express and one pass over an FTS5 table, without rights, typos or ranking by more than the text.
 */
export async function benchSearch(bench: Bench): Promise<void> {
  if (!existsSync(corpusFile)) throw new Error(`no corpus at ${corpusFile}: PLEXICA_CORPUS names one`)
  for (const size of sizes) {
    const lines = await firstLines(size)
    const file = join(bench.scratch, `corpus-${size}.jsonl`)
    writeFileSync(file, lines.join('\n'))
    const corpus = lines.map((line): CorpusLine => JSON.parse(line))
    const sqlite = await seeded(bench, file, undefined)
    const floor = await startFloor(sqlite.database)
    try {
      await benchEngine({ name: 'SQLite', size, corpus, floor, registry: sqlite })
      const server = await startPostgres()
      try {
        const postgres = await seeded(bench, file, server.url)
        try {
          await server.analyze()
          await benchEngine({ name: server.version, size, corpus, floor, registry: postgres })
        } finally {
          await postgres.stop()
        }
      } finally {
        await server.stop()
      }
    } finally {
      await floor.stop()
      await sqlite.stop()
    }
  }
}

interface Engine {
  name: string
  size: number
  corpus: readonly CorpusLine[]
  floor: Served
  registry: RunningRegistry
}

async function benchEngine({ name, size, corpus, floor, registry }: Engine): Promise<void> {
  console.log(`\nsearch, ${size.toLocaleString('en')} plugins, ${name}: milliseconds, p50 / p95 / p99`)
  const kinds = searchPaths(corpus)
  const floorRuns: Latencies = []
  const ourRuns: Latencies = []
  for (const [kind, paths] of Object.entries(kinds)) {
    const [theirs = [], ours = []] = await askInTurn([floor.url, registry.url], paths, rounds)
    print(kind, ours, theirs)
    floorRuns.push(...theirs)
    ourRuns.push(...ours)
  }
  print('all together', ourRuns, floorRuns)
  reportRatio('p95 of all', percentile(ourRuns, 95) / percentile(floorRuns, 95), 'floor', 1)
  const suggestions: Latencies = []
  for (const [kind, paths] of Object.entries(suggestPaths(corpus))) {
    const [times = []] = await askInTurn([registry.url], paths, rounds)
    print(`suggest: ${kind}`, times)
    suggestions.push(...times)
  }
  reportFigure('suggestions, p95', percentile(suggestions, 95), 'ms', 5)
  for (const path of ['popular', 'trending']) {
    const [times = []] = await askInTurn([registry.url], Array(30).fill(`/api/plugins/${path}`), rounds)
    print(path, times)
  }
  const { perSecond, recommended } = await installsPerSecond(registry)
  console.log(`  installs over HTTP, concurrency 8          ${perSecond.toFixed(0)}/s`)
  print('recommended', recommended)
  console.log(`  (rounds ${rounds}, ${Object.values(kinds).flat().length} queries)`)
}

function print(title: string, ours: Latencies, floor?: Latencies): void {
  const row = (times: Latencies) =>
    [50, 95, 99].map((share) => percentile(times, share).toFixed(2).padStart(7)).join(' /')
  console.log(`  ${title.padEnd(30)} ${row(ours)}${floor ? `   floor ${row(floor)}` : ''}`)
}

/** A registry with the plugins of a corpus file; on the server of that address, or on SQLite. */
async function seeded(bench: Bench, file: string, postgres: string | undefined): Promise<RunningRegistry> {
  const registry = await startOurRegistry(bench, postgres)
  const started = performance.now()
  const run = spawnSync(process.execPath, [bench.registry, 'seed', '--from', file, '--json'], {
    env: registry.env,
    encoding: 'utf8',
  })
  // Some names of the corpus are no ids in any spelling; those lines are broken and the rest is there.
  if (run.status !== 0 && run.status !== 1) throw new Error(`the corpus could not be seeded\n${run.stderr}`)
  const { added } = JSON.parse(run.stdout)
  const seconds = (performance.now() - started) / 1_000
  console.log(`\n${added} plugins seeded in ${seconds.toFixed(0)} s, ${(added / seconds).toFixed(0)}/s`)
  return registry
}

async function startFloor(database: string): Promise<Served> {
  const port = await freePort()
  const program = join(import.meta.dirname, 'floors/search.mjs')
  const url = `http://127.0.0.1:${port}`
  return serve(process.execPath, [program, String(port), database], { url })
}

async function firstLines(count: number): Promise<string[]> {
  const lines: string[] = []
  const input = createReadStream(corpusFile)
  for await (const line of createInterface({
    input: corpusFile.endsWith('.gz') ? input.pipe(createGunzip()) : input,
  })) {
    if (lines.push(line) === count) break
  }
  input.destroy()
  return lines
}
