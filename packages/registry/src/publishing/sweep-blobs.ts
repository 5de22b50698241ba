import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { blobKeys } from '../blobs/blob-keys.ts'
import type { BlobInfo } from '../blobs/blob-store.ts'
import { gathered } from '../db/pieces.ts'
import type { Db } from '../db/tables.ts'
import type { World } from '../world.ts'
import { markRemoved, removablePackages } from './remove-packages.ts'
import { beginSweep, endSweep } from './sweep-store.ts'
import { namedBlobs, namedDigests } from './version-store.ts'

/** What a sweep did. Files of uploads that never ended are counted too. */
export interface Swept {
  /** Versions whose package is given out no more. */
  removed: number
  checked: number
  deleted: number
  bytes: number
}

/** An upload that takes longer than this is over. */
const hour = 3_600_000
/** Blobs looked up in one statement. */
const batch = 100

export interface SweepOptions {
  /** Milliseconds; a blob that is younger is left alone, so that it is safe beside publishing in any process. */
  readonly grace?: number
  /** Only tells what would go. */
  readonly dryRun?: boolean
  /** Hears of each package, blob and half upload that goes. */
  readonly tell?: (what: string) => void
}

/**
 * Gives out no more the packages that the policy keeps no longer, and deletes blobs that no version names: theirs, and
 * what interrupted uploads and replaced versions leave behind. Rows are written before blobs are deleted, so that a
 * crash leaves work for the next run and nothing else. Doing it again is harmless.
 */
export async function sweepBlobs(world: World, options: SweepOptions = {}): Promise<Swept> {
  const { grace = hour, dryRun = false, tell = () => undefined } = options
  const now = world.now().getTime()
  const removable = await removablePackages(world)
  const removed = dryRun ? removable : await markRemoved(world, removable)
  for (const { plugin_id, version, state } of removed) tell(`package ${plugin_id}@${version} (${state})`)
  const swept: Swept = { removed: removed.length, checked: 0, deleted: 0, bytes: 0 }
  // In a dry run their rows still name them.
  const leaving = new Set(dryRun ? removed.flatMap(({ blob, digest }) => [blob, digest]) : [])
  const sweep = { leaving, before: new Date(now - grace), swept, dryRun, tell }
  await sweepStaging(world.staging, sweep)
  for (const kind of kinds) {
    for await (const blobs of gathered(world.blobs.list(kind.prefix), batch)) {
      swept.checked += blobs.length
      const old = blobs.filter(({ modifiedAt }) => modifiedAt < sweep.before)
      if (old.length > 0) await sweepSome(world, kind, old, sweep)
    }
  }
  if (!dryRun && swept.removed + swept.deleted > 0) world.log.info(swept, 'swept')
  return swept
}

/** How a kind of blob is found, and what names it. */
interface Kind {
  readonly prefix: string
  readonly named: (db: Db, names: string[]) => Promise<Set<string>>
}

const kinds: readonly Kind[] = [
  { prefix: blobKeys.packages, named: namedBlobs },
  { prefix: blobKeys.files, named: namedDigests },
]

interface Sweep {
  /** Names that only a dry run still finds named. */
  readonly leaving: ReadonlySet<string>
  readonly before: Date
  readonly swept: Swept
  readonly dryRun: boolean
  readonly tell: (what: string) => void
}

async function sweepSome(world: World, kind: Kind, some: readonly BlobInfo[], sweep: Sweep): Promise<void> {
  const { leaving } = sweep
  const named = await kind.named(world.db, [...new Set(some.map(({ key }) => blobKeys.nameOf(key)))])
  const unnamed = some.filter(({ key }) => !named.has(blobKeys.nameOf(key)) || leaving.has(blobKeys.nameOf(key)))
  for (const [name, blobs] of Map.groupBy(unnamed, ({ key }) => blobKeys.nameOf(key))) {
    if (sweep.dryRun) {
      for (const blob of blobs) count(blob, sweep)
      continue
    }
    if (!(await beginSweep(world.db, name, world.now()))) continue
    try {
      // Looked at again where nobody, in whatever process, can name it meanwhile: it may have come since it was listed.
      if ((await kind.named(world.db, [name])).has(name)) continue
      for (const { key } of blobs) await sweepOne(world, key, sweep)
    } finally {
      await endSweep(world.db, name)
    }
  }
}

async function sweepOne({ blobs }: World, key: string, sweep: Sweep): Promise<void> {
  const now = await blobs.info(key)
  if (!now || now.modifiedAt >= sweep.before) return
  await blobs.delete(key)
  count(now, sweep)
}

function count({ key, bytes }: BlobInfo, { swept, tell }: Sweep): void {
  tell(`blob ${key} (${bytes} bytes)`)
  swept.deleted++
  swept.bytes += bytes
}

async function sweepStaging(folder: string, { before, swept, dryRun, tell }: Sweep): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (!found) continue
    swept.checked++
    if (found.mtime >= before) continue
    if (!dryRun) await rm(path, { force: true })
    tell(`half upload ${name} (${found.size} bytes)`)
    swept.deleted++
    swept.bytes += found.size
  }
}
