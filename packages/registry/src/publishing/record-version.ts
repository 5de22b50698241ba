import type { Inspection } from '@plexica/inspect'
import { recordAdvisories } from '../advisories/match-upload.ts'
import { subjectOf } from '../auth/principal.ts'
import type { Trx, VersionRow } from '../db/tables.ts'
import { isUniqueViolation } from '../db/unique-violation.ts'
import { addOwner } from '../plugins/owner-store.ts'
import { insertPlugin, lockPlugin } from '../plugins/plugin-store.ts'
import { setVisibility } from '../plugins/plugin-tenant-store.ts'
import { refreshPlugin } from '../plugins/refresh-plugin.ts'
import { appendReview } from '../review/decide-review.ts'
import { openReview } from '../review/open-review.ts'
import { replaceOpenSubmission } from '../review/submission-store.ts'
import type { World } from '../world.ts'
import { type Decided, decide, refuse, type Upload } from './decide-upload.ts'
import type { Accepted, Unchanged } from './publish-decision.ts'
import type { ReceivedPackage } from './receive-package.ts'
import { bringBack } from './remove-packages.ts'
import { refuseSwept } from './sweep-store.ts'
import { insertVersion, replaceVersion, setVersionChannel, setVersionState } from './version-store.ts'
import { versionRow } from './version-view.ts'

/** A version that was written down, or was there. */
export interface Recorded {
  readonly row: VersionRow
  readonly created: boolean
  /** Id of the submission that was made of it. */
  readonly submission: string | null
}

/** Decides again where nothing can change any more, and writes what was decided. */
export async function record(
  world: World,
  upload: Upload,
  inspection: Inspection,
  file: ReceivedPackage,
  attempt = 1,
): Promise<Recorded> {
  const at = world.now().toISOString()
  const by = subjectOf(upload.principal)
  try {
    return await world.db.transaction().execute(async (trx) => {
      const decided = await decideLocked(trx, upload, inspection)
      const { decision, existing } = decided
      refuse(decision)
      if (decision.verdict === 'accepted') {
        const row = versionRow(inspection, decision, {
          blob: file.sha256,
          channel: upload.channel ?? null,
          by,
          at,
        })
        await refuseSwept(trx, namesOf(file, inspection), world.now())
        return { row, created: true, submission: await writeVersion(trx, decided, decision, row, inspection) }
      }
      if (!existing) throw new Error('unchanged, but there is no such version')
      if (existing.blob_removed_at !== null) {
        await refuseSwept(trx, namesOf(file, inspection), world.now())
        await bringBack(trx, existing, at, packageOf(inspection, file))
      }
      return { created: false, ...(await followUp(trx, existing, decision, { by, at })) }
    })
  } catch (error) {
    // Somebody else made the same id or number at this moment: the next look finds what they recorded.
    if (!isUniqueViolation(error) || attempt === 3) throw error
    return record(world, upload, inspection, file, attempt + 1)
  }
}

/** Decides while nobody else changes the plugin. One that was made after the look for its row is looked for again. */
async function decideLocked(trx: Trx, upload: Upload, inspection: Inspection): Promise<Decided> {
  const id = inspection.manifest?.id
  if (id === undefined) return decide(trx, upload, inspection)
  const locked = await lockPlugin(trx, id)
  const decided = await decide(trx, upload, inspection)
  if (locked || decided.owners.length === 0) return decided
  return decideLocked(trx, upload, inspection)
}

/** Gives the id of the submission, unless it is a draft. */
async function writeVersion(
  trx: Trx,
  { owners, existing }: Decided,
  accepted: Accepted,
  row: VersionRow,
  inspection: Inspection,
): Promise<string | null> {
  const { plugin_id: id, created_at: at, published_by: by } = row
  if (owners.length === 0) {
    await insertPlugin(trx, accepted.manifest, at)
    await setVisibility(trx, id, accepted.visibility)
    await addOwner(trx, id, by, at)
  }
  const replaced = existing && (await replaceOpenSubmission(trx, id, row.version, at))
  if (existing) await replaceVersion(trx, row)
  else await insertVersion(trx, row)
  const opened = row.state === 'pending_review' ? await openReview(trx, row, { by, at }) : undefined
  await recordAdvisories(trx, row, inspection)
  await refreshPlugin(trx, id, at)
  if (replaced) await appendReview(trx, 'replaced', { ...row, digest: replaced.digest }, { id: replaced.id, by, at })
  if (opened) await appendReview(trx, 'created', row, { id: opened.id, by, at })
  return opened?.id ?? null
}

/** What is still to be done with bytes that are there: another channel, or to submit the draft that they are. */
async function followUp(
  trx: Trx,
  existing: VersionRow,
  { submit, channel }: Unchanged,
  { by, at }: { by: string; at: string },
): Promise<Pick<Recorded, 'row' | 'submission'>> {
  const row: VersionRow = { ...existing, ...(channel === undefined ? {} : { channel }) }
  if (channel !== undefined) await setVersionChannel(trx, row, channel)
  if (!submit) return { row, submission: null }
  await setVersionState(trx, row, { state: 'pending_review' })
  const { id } = await openReview(trx, row, { by, at })
  await refreshPlugin(trx, row.plugin_id, at)
  await appendReview(trx, 'created', row, { id, by, at })
  return { row: { ...row, state: 'pending_review' }, submission: id }
}

/** What names the blobs of a version. */
export function namesOf(file: ReceivedPackage, { digest }: Inspection): string[] {
  return digest === undefined ? [file.sha256] : [file.sha256, digest]
}

/** Where the package of a row lies from now on. */
export function packageOf({ packedBytes }: Inspection, { sha256 }: ReceivedPackage) {
  return { blob: sha256, packed_bytes: packedBytes }
}
