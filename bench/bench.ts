// `pnpm bench [cold dry publish serve memory page search]`: the figures of the design beside their floors and rivals, in one run.
// `search` takes long and runs only where it is named. Contenders take turns; ratios are medians over the rounds, with their spread. Loopback only; ends by itself.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchColdStart, benchDryRun } from './command-line.ts'
import { benchHostPage } from './host-page.ts'
import { benchMemory } from './memory.ts'
import { benchPublish } from './publishing.ts'
import { missedBars } from './report.ts'
import { installRivals } from './rivals.ts'
import { benchSearch } from './searching.ts'
import { benchServing } from './serving.ts'

/** What every measurement shares. */
export interface Bench {
  /** An empty folder, removed at the end. */
  scratch: string
  /** The command line and the registry as they are shipped: bundled. */
  cli: string
  registry: string
  rivals: ReturnType<typeof installRivals>
  rounds: number
}

const sections = {
  cold: benchColdStart,
  dry: benchDryRun,
  publish: benchPublish,
  serve: benchServing,
  memory: benchMemory,
  page: benchHostPage,
}
/** Only where they are named: they take more than minutes. */
const longSections = { search: benchSearch }
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in sections || name in longSections))
if (unknown.length > 0) {
  console.error(
    `no such section: ${unknown.join(' ')}; there are ${Object.keys({ ...sections, ...longSections }).join(' ')}`,
  )
  process.exit(2)
}

const root = join(import.meta.dirname, '..')
let rivals: Bench['rivals'] | undefined
const bench: Bench = {
  scratch: mkdtempSync(join(tmpdir(), 'plexica-bench-')),
  cli: join(root, 'packages/cli/dist/main.js'),
  registry: join(root, 'packages/registry/dist/main.js'),
  // With the first section that has any: some stand on their own.
  get rivals() {
    rivals ??= installRivals()
    return rivals
  },
  rounds: 5,
}
try {
  for (const name of ['cli', 'registry']) {
    const built = spawnSync(process.execPath, [join(root, `packages/${name}/scripts/build.ts`)], { encoding: 'utf8' })
    if (built.status !== 0) throw new Error(`${name} could not be bundled\n${built.stderr}`)
  }
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${bench.rounds} rounds`)
  for (const [name, section] of Object.entries({ ...sections, ...longSections })) {
    if (asked.includes(name) || (asked.length === 0 && name in sections)) await section(bench)
  }
} finally {
  rmSync(bench.scratch, { recursive: true, force: true })
}
console.log(missedBars() === 0 ? '\nevery bar holds' : `\n${missedBars()} bars missed`)
