import { setTimeout as wait } from 'node:timers/promises'
import type { PublishAnswer, VersionState } from '@plexica/api'
import type { Inspection } from '@plexica/inspect'
import { blobKeys } from '../blobs/blob-keys.ts'
import { unpackBundle } from '../bundles/unpack-bundle.ts'
import type { StoredVersionRow, VersionRow } from '../db/tables.ts'
import { approveByPolicy } from '../review/approve-by-policy.ts'
import { queuePosition } from '../review/queue-store.ts'
import { findLastSubmission } from '../review/submission-store.ts'
import type { World } from '../world.ts'
import { decide, received, refuse, type Upload } from './decide-upload.ts'
import type { ReceivedPackage } from './receive-package.ts'
import { namesOf, packageOf, type Recorded, record } from './record-version.ts'
import { BeingSwept, isBeingSwept } from './sweep-store.ts'
import { isPublic } from './version-store.ts'

/**
 * receive → inspect → decide → blob → one short transaction. A crash at any point leaves the version, or nothing but a
 * blob without a row, which the sweeper removes. Sending the same bytes again ends in the same answer.
 */
export async function publishVersion(world: World, upload: Upload): Promise<PublishAnswer> {
  return received(world, upload, async (file, inspection) => {
    const { decision, existing } = await decide(world.db, upload, inspection)
    refuse(decision)
    const isRemoved = existing?.blob_removed_at != null
    const isIdle = existing && decision.verdict === 'unchanged' && !decision.submit && decision.channel === undefined
    if (isIdle && !isRemoved) return answer(world, existing, false)
    const { row, created, submission } = await store(world, upload, { inspection, file, existing })
    world.ready.drop(`plugin:${row.plugin_id}`)
    const approved = await approveByPolicy(world, submission, upload.log)
    return answer(world, approved ? { ...row, state: approved.status } : row, created)
  })
}

/** Milliseconds between two looks whether a sweep of the same bytes has ended, which takes a moment. */
const sweepPause = 100

interface Received {
  readonly inspection: Inspection
  readonly file: ReceivedPackage
  readonly existing: StoredVersionRow | undefined
}

/** Blobs first, row last. A blob that a sweeper of any process may have taken in between is put again. */
async function store(world: World, upload: Upload, { inspection, file, existing }: Received): Promise<Recorded> {
  for (;;) {
    await world.blobs.putFile(blobKeys.package(file.sha256), file.path)
    if (existing?.blob_removed_at != null && isPublic(existing.state)) {
      await unpackBundle(world, { ...existing, ...packageOf(inspection, file) })
    }
    try {
      return await record(world, upload, inspection, file)
    } catch (error) {
      if (!(error instanceof BeingSwept)) throw error
    }
    while (await isBeingSwept(world.db, namesOf(file, inspection), world.now())) await wait(sweepPause)
  }
}

async function answer(world: World, row: VersionRow, created: boolean): Promise<PublishAnswer> {
  const { plugin_id: id, version, digest } = row
  world.metrics.published(created ? 'created' : 'unchanged')
  const last = row.state === 'draft' ? undefined : await findLastSubmission(world.db, id, version)
  return {
    id,
    version,
    digest,
    status: row.state as VersionState,
    created,
    findings: JSON.parse(row.findings),
    submission: last?.id ?? null,
    position: last?.state === 'pending_review' ? await queuePosition(world.db, last) : null,
    url: `${world.publicUrl()}/api/plugins/${id}/versions/${version}`,
  }
}
