import { createHash } from 'node:crypto'
import { canonicalId } from '@plexica/manifest-schema'
import { blobKeys } from '../blobs/blob-keys.ts'
import type { Trx } from '../db/tables.ts'
import { addOwner } from '../plugins/owner-store.ts'
import { insertPlugin } from '../plugins/plugin-store.ts'
import { refreshPlugin } from '../plugins/refresh-plugin.ts'
import { insertVersion } from '../publishing/version-store.ts'
import { versionRow } from '../publishing/version-view.ts'
import { recountRatings } from '../ratings/rating-store.ts'
import type { World } from '../world.ts'
import { type CorpusPackage, corpusPackage } from './corpus-package.ts'
import { type CorpusRecord, otherId } from './corpus-record.ts'
import { addReception, findByCanonicalIds, setCounts } from './seed-store.ts'
import { receptionOf } from './seeded-people.ts'

/** Who seeded plugins belong to. */
const seeder = 'seeder'

/** Packages that are inspected and written at once: while the disk syncs one, others are made. */
const packagesAtATime = 16

interface Made {
  readonly record: CorpusRecord
  readonly made: CorpusPackage
  readonly blob: string
}

/** Adds the plugins of these records that are not there: blobs first, then all rows in one transaction. Gives how many. */
export async function seedBatch(world: World, records: readonly CorpusRecord[]): Promise<number> {
  const missing = await findMissing(world, records)
  if (missing.length === 0) return 0
  const plugins: Made[] = []
  for (let at = 0; at < missing.length; at += packagesAtATime) {
    const some = missing.slice(at, at + packagesAtATime)
    plugins.push(...(await Promise.all(some.map((record) => storePackage(world, record)))))
  }
  await world.db.transaction().execute(async (trx) => {
    for (const plugin of plugins) await addPlugin(trx, plugin, world.now())
  })
  return plugins.length
}

/** Records whose name no plugin of their id has. Where another has the id, or one that reads like it, they get one more. */
async function findMissing(world: World, records: readonly CorpusRecord[]): Promise<CorpusRecord[]> {
  const asked = records.flatMap((record) => [record.manifest.id, otherId(record)])
  const names = await findByCanonicalIds(world.db, asked.map(canonicalId))
  const missing: CorpusRecord[] = []
  for (const record of records) {
    for (const id of [record.manifest.id, otherId(record)]) {
      const name = names.get(canonicalId(id))
      if (name === record.name) break
      if (name !== undefined) continue
      names.set(canonicalId(id), record.name)
      missing.push({ ...record, manifest: { ...record.manifest, id } })
      break
    }
  }
  return missing
}

async function storePackage(world: World, record: CorpusRecord): Promise<Made> {
  const made = await corpusPackage(record.manifest)
  const blob = createHash('sha256').update(made.bytes).digest('hex')
  await world.blobs.putBytes(blobKeys.package(blob), made.bytes)
  return { record, made, blob }
}

async function addPlugin(trx: Trx, { record, made, blob }: Made, now: Date): Promise<void> {
  const { manifest, downloads } = record
  const { publishedAt, installs } = receptionOf(record, now)
  const at = publishedAt.toISOString()
  const accepted = {
    verdict: 'accepted',
    manifest,
    digest: made.digest,
    state: 'published',
    visibility: 'public',
  } as const
  const version = versionRow(made.inspection, accepted, { blob, channel: null, by: seeder, at })
  await insertPlugin(trx, manifest, at)
  await addOwner(trx, manifest.id, seeder, at)
  await insertVersion(trx, { ...version, published_at: at, download_count: downloads })
  await addReception(trx, version, installs)
  await setCounts(trx, manifest.id, { downloads, installs: installs.length })
  await recountRatings(trx, manifest.id)
  await refreshPlugin(trx, manifest.id, at)
}
