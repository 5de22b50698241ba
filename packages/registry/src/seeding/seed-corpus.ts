import { CommandFailed } from '../command.ts'
import type { World } from '../world.ts'
import { type CorpusRecord, readRecord } from './corpus-record.ts'
import { readLines } from './read-lines.ts'
import { seedBatch } from './seed-batch.ts'
import { addSeededTenants } from './seed-store.ts'

/** What became of the lines of a file. */
export interface SeededCorpus {
  readonly lines: number
  readonly added: number
  /** Records that were there already. */
  readonly present: number
  /** Lines of which no plugin could be made. */
  readonly broken: number
}

/** Records in one transaction: a running registry waits for its end with what it writes. */
const batch = 250
/** Lines after which progress is told. */
const tellEvery = 5_000
/** Broken lines that are named one by one. */
const mostNamed = 100

/**
 * Makes a published plugin of each line of a file of JSON lines, gzipped or not. What is there already is left alone, so
 * that an interrupted run is continued by another. A broken line is told by its number and the rest goes on. Throws
 * `CommandFailed` when the file cannot be read.
 */
export async function seedCorpus(world: World, path: string, say: (text: string) => void): Promise<SeededCorpus> {
  const counts = { lines: 0, added: 0, present: 0, broken: 0 }
  let records: CorpusRecord[] = []
  const flush = async () => {
    const added = await seedBatch(world, records)
    counts.added += added
    counts.present += records.length - added
    records = []
  }
  await addSeededTenants(world.db, world.now())
  try {
    for await (const { number, text } of readLines(path)) {
      counts.lines = number
      if (text?.trim() === '') continue
      const read = text === undefined ? { problem: 'it is too long' } : readRecord(text)
      if ('record' in read) records.push(read.record)
      else if (++counts.broken <= mostNamed) say(`${path}:${number}: ${read.problem}`)
      if (records.length >= batch) await flush()
      if (number % tellEvery === 0) say(wordsFor(counts))
    }
    await flush()
  } catch (error) {
    if (!isReadError(error)) throw error
    // What came before the fault stays.
    await flush()
    say(wordsFor(counts))
    throw new CommandFailed(`${path} cannot be read: ${error.message}`, { cause: error })
  }
  say(wordsFor(counts))
  return counts
}

function wordsFor({ lines, added, present, broken }: SeededCorpus): string {
  return `${lines} lines read: ${added} plugins added, ${present} there already, ${broken} broken.`
}

function isReadError(error: unknown): error is NodeJS.ErrnoException {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return ['ENOENT', 'EACCES', 'EISDIR', 'EIO'].includes(code) || code.startsWith('Z_')
}
