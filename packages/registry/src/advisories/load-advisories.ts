import { type Advisory, readAdvisory } from '@plexica/inspect'
import type { World } from '../world.ts'
import { type Saved, saveAdvisories } from './advisory-store.ts'
import { type Matched, matchVersions } from './match-versions.ts'
import { readRecords } from './read-records.ts'

/** What a load did. */
export interface Loaded extends Saved, Matched {
  /** Records that cannot be used; each was told. */
  failed: number
}

/** Advisories written in one transaction. */
const batch = 200

/**
 * Loads advisories in OSV format and holds every version against them. Loading the same again changes nothing; a load
 * that was interrupted is completed by the next, or by the registry within the hour.
 */
export async function loadAdvisories(world: World, path: string, tell: (problem: string) => void): Promise<Loaded> {
  const loaded: Loaded = { added: 0, updated: 0, unchanged: 0, ignored: 0, failed: 0, found: 0, gone: 0 }
  const save = async (advisories: readonly Advisory[]) => {
    const saved = await world.db.transaction().execute((trx) => saveAdvisories(trx, advisories))
    for (const key of ['added', 'updated', 'unchanged', 'ignored'] as const) loaded[key] += saved[key]
  }
  let some: Advisory[] = []
  for await (const { file, number, ...read } of readRecords(path)) {
    const result = 'problem' in read ? read : readAdvisory(read.record)
    if ('problem' in result) {
      loaded.failed++
      tell(`${file}, record ${number}: ${result.problem}`)
    } else some.push(result.advisory)
    if (some.length < batch) continue
    await save(some)
    some = []
  }
  await save(some)
  return { ...loaded, ...(await matchVersions(world)) }
}
