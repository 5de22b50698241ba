import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { startProgram } from './programs.ts'

const root = join(import.meta.dirname, '..')
const program = join(root, 'packages/registry/bin/plexica-registry.cjs')
const corpusFile = process.env.PLEXICA_CORPUS ?? join(root, '../shared/corpus/plugins-100k.jsonl.gz')

/** A record of the corpus, as far as searches are made of it. */
export interface CorpusLine {
  readonly name: string
  readonly description: string
}

/** Builds the pages and starts a registry on SQLite that serves them, with so many plugins of the corpus. */
export async function startSeededSite(size: number) {
  if (!existsSync(corpusFile)) throw new Error(`no corpus at ${corpusFile}: PLEXICA_CORPUS names one`)
  const folder = mkdtempSync(join(tmpdir(), 'plexica-seeded-'))
  try {
    const env = {
      ...process.env,
      PLEXICA_DATABASE_URL: `sqlite:${join(folder, 'plexica.db')}`,
      PLEXICA_STORAGE_URL: `file:${join(folder, 'blobs')}`,
      PLEXICA_PORT: '0',
      PLEXICA_LOG_LEVEL: 'info',
      // Counted like everybody's, but never spent: all visitors come from one address.
      PLEXICA_RATE_LIMITS: 'reads=99999999,writes=99999999,publishes=99999999',
    }
    const built = spawnSync(process.execPath, [join(root, 'packages/web/scripts/build.ts')], { encoding: 'utf8' })
    if (built.status !== 0) throw new Error(`the pages cannot be built\n${built.stderr}`)
    const lines = await firstLines(size)
    const file = join(folder, 'corpus.jsonl')
    writeFileSync(file, lines.join('\n'))
    const seeded = spawnSync(process.execPath, [program, 'seed', '--from', file, '--json'], { env, encoding: 'utf8' })
    // Some names of the corpus are no ids in any spelling: those lines are broken and the rest is there.
    if (seeded.status !== 0 && seeded.status !== 1) throw new Error(`the corpus could not be seeded\n${seeded.stderr}`)
    const { added } = JSON.parse(seeded.stdout)
    const registry = await startProgram([program, 'start'], { env, ready: /"url":"([^"]+)"/ })
    return {
      url: registry.match[1] as string,
      /** Plugins that are there. */
      added: added as number,
      corpus: lines.map((line): CorpusLine => JSON.parse(line)),
      async stop() {
        await registry.stop()
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function firstLines(count: number): Promise<string[]> {
  const lines: string[] = []
  const file = createReadStream(corpusFile)
  const input = corpusFile.endsWith('.gz') ? file.pipe(createGunzip()) : file
  for await (const line of createInterface({ input })) {
    if (lines.push(line) === count) break
  }
  file.destroy()
  return lines
}
