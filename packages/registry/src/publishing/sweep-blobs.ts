import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { blobKeys } from '../blobs/blob-keys.ts'
import type { BlobInfo } from '../blobs/blob-store.ts'
import type { Db } from '../db/tables.ts'
import type { World } from '../world.ts'
import { beginSweep, endSweep } from './sweep-store.ts'
import { namedBlobs, namedDigests } from './version-store.ts'

/** What a sweep did. Files of uploads that never ended are counted too. */
export interface Swept {
  checked: number
  deleted: number
  bytes: number
}

/** An upload that takes longer than this is over. */
const hour = 3_600_000
/** Blobs looked up in one statement. */
const batch = 100

/**
 * Deletes what interrupted uploads and replaced versions leave behind: blobs that no version names, and files that were
 * being received. `grace` is the age in milliseconds below which nothing is touched, so that it is safe beside
 * publishing. Doing it again is harmless.
 */
export async function sweepBlobs(world: World, { grace = hour }: { grace?: number } = {}): Promise<Swept> {
  const before = new Date(world.now().getTime() - grace)
  const swept: Swept = { checked: 0, deleted: 0, bytes: 0 }
  await sweepStaging(world.staging, before, swept)
  for (const kind of kinds) {
    let some: BlobInfo[] = []
    for await (const blob of world.blobs.list(kind.prefix)) {
      swept.checked++
      if (blob.modifiedAt < before) some.push(blob)
      if (some.length < batch) continue
      await sweepSome(world, { kind, some, before, swept })
      some = []
    }
    await sweepSome(world, { kind, some, before, swept })
  }
  if (swept.deleted > 0) world.log.info(swept, 'swept')
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

interface Some {
  readonly kind: Kind
  readonly some: readonly BlobInfo[]
  readonly before: Date
  readonly swept: Swept
}

async function sweepSome(world: World, { kind, some, before, swept }: Some): Promise<void> {
  const named = await kind.named(world.db, [...new Set(some.map(({ key }) => blobKeys.nameOf(key)))])
  const unnamed = some.filter((blob) => !named.has(blobKeys.nameOf(blob.key)))
  for (const [name, blobs] of Map.groupBy(unnamed, ({ key }) => blobKeys.nameOf(key))) {
    if (!(await beginSweep(world.db, name, world.now()))) continue
    try {
      // Looked at again where nobody, in whatever process, can name it meanwhile: it may have come since it was listed.
      if ((await kind.named(world.db, [name])).has(name)) continue
      for (const { key } of blobs) await sweepOne(world, key, before, swept)
    } finally {
      await endSweep(world.db, name)
    }
  }
}

async function sweepOne({ blobs }: World, key: string, before: Date, swept: Swept): Promise<void> {
  const now = await blobs.info(key)
  if (!now || now.modifiedAt >= before) return
  await blobs.delete(key)
  swept.deleted++
  swept.bytes += now.bytes
}

async function sweepStaging(folder: string, before: Date, swept: Swept): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (!found) continue
    swept.checked++
    if (found.mtime >= before) continue
    await rm(path, { force: true })
    swept.deleted++
    swept.bytes += found.size
  }
}
