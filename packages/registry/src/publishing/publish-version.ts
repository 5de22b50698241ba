import { setTimeout as wait } from 'node:timers/promises'
import { errors, type PreflightAnswer, type PublishAnswer, type VersionState, type Visibility } from '@plexica/api'
import type { Inspection } from '@plexica/inspect'
import { sortFindings } from '@plexica/manifest-schema'
import type { Logger } from 'pino'
import { recordAdvisories, withAdvisoryFindings } from '../advisories/match-upload.ts'
import type { About } from '../audit/audit-entry.ts'
import { type Principal, subjectOf } from '../auth/principal.ts'
import { blobKeys } from '../blobs/blob-keys.ts'
import { requireSigningKey } from '../bundles/bundle-urls.ts'
import { unpackBundle } from '../bundles/unpack-bundle.ts'
import type { Db, StoredVersionRow, Trx, VersionRow } from '../db/tables.ts'
import { isUniqueViolation } from '../db/unique-violation.ts'
import { RegistryError } from '../http/registry-error.ts'
import { nameFindings } from '../plugins/name-rules.ts'
import { addOwner, ownersOf } from '../plugins/owner-store.ts'
import { wasPublished } from '../plugins/plugin-status.ts'
import { findPluginRow, findTwin, insertPlugin, knownPlugins, lockPlugin } from '../plugins/plugin-store.ts'
import { setVisibility } from '../plugins/plugin-tenant-store.ts'
import { refreshPlugin } from '../plugins/refresh-plugin.ts'
import { isVisible } from '../plugins/require-visible.ts'
import { viewerOf } from '../plugins/visibility.ts'
import { approveByPolicy } from '../review/approve-by-policy.ts'
import { appendReview } from '../review/decide-review.ts'
import { openReview } from '../review/open-review.ts'
import { queuePosition } from '../review/queue-store.ts'
import { findLastSubmission, replaceOpenSubmission } from '../review/submission-store.ts'
import type { World } from '../world.ts'
import { setChannelsOf } from './channel-store.ts'
import { channelsOf } from './channels.ts'
import { type Accepted, decidePublish, type PublishDecision, type Unchanged } from './publish-decision.ts'
import { type ReceivedPackage, receivePackage } from './receive-package.ts'
import { bringBack } from './remove-packages.ts'
import { BeingSwept, isBeingSwept, refuseSwept } from './sweep-store.ts'
import { findTombstone } from './tombstone-store.ts'
import {
  findVersion,
  insertVersion,
  isPublic,
  replaceVersion,
  setVersionChannel,
  setVersionState,
  versionsOf,
} from './version-store.ts'
import { versionRow } from './version-view.ts'

/** A package on its way in, and what its sender says beside it. */
export interface Upload {
  readonly principal: Principal
  readonly body: AsyncIterable<Uint8Array>
  readonly contentLength: number | undefined
  readonly claimedDigest: string | undefined
  /** The plugin that the address names, when it names one. */
  readonly pluginId: string | undefined
  readonly channel: string | undefined
  /** False leaves the version a draft. */
  readonly submit: boolean
  /** What the plugin is to be, when it is said. */
  readonly visibility: Visibility | undefined
  readonly log: Logger
  readonly about: About
}

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

/** The verdict that `publishVersion` would come to, without storing anything. */
export async function preflightVersion(world: World, upload: Upload): Promise<PreflightAnswer> {
  return received(world, upload, async (_file, inspection) => {
    const { decision } = await decide(world.db, upload, inspection)
    const refused = decision.verdict === 'refused' ? decision : undefined
    return {
      verdict: decision.verdict,
      id: inspection.manifest?.id ?? null,
      version: inspection.manifest?.version ?? null,
      digest: inspection.digest ?? null,
      findings: inspection.findings,
      code: refused?.code ?? null,
      detail: refused?.detail ?? null,
      fix: refused ? errors[refused.code].fix : null,
    }
  })
}

function packageOf({ packedBytes }: Inspection, { sha256 }: ReceivedPackage) {
  return { blob: sha256, packed_bytes: packedBytes }
}

async function received<T>(
  world: World,
  { principal, body, contentLength, visibility, log, about }: Upload,
  use: (file: ReceivedPackage, inspection: Inspection) => Promise<T>,
): Promise<T> {
  if (visibility === 'private') requireSigningKey(world)
  world.inspector.prepare()
  return receivePackage(body, { folder: world.staging, contentLength }, async (file) => {
    const inspection = await withAdvisoryFindings(world.db, await world.inspector.inspect(file.path, log))
    if (inspection.manifest) about({ pluginId: inspection.manifest.id, version: inspection.manifest.version })
    return use(file, await withNameFindings(world.db, principal, inspection))
  })
}

/** Until a plugin is published, its reviewer is told what its id could be taken for. */
async function withNameFindings(db: Db, principal: Principal, inspection: Inspection): Promise<Inspection> {
  const id = inspection.manifest?.id
  if (id === undefined || wasPublished((await findPluginRow(db, id))?.status)) return inspection
  const findings = nameFindings(id, await knownPlugins(db, subjectOf(principal)))
  return findings.length === 0
    ? inspection
    : { ...inspection, findings: sortFindings([...inspection.findings, ...findings]) }
}

interface Decided {
  readonly decision: PublishDecision
  readonly owners: readonly string[]
  readonly existing: StoredVersionRow | undefined
}

async function decide(db: Db, upload: Upload, inspection: Inspection): Promise<Decided> {
  const { manifest } = inspection
  const id = manifest?.id ?? upload.pluginId
  const owners = id === undefined ? [] : await ownersOf(db, id)
  const existing = manifest && (await findVersion(db, manifest.id, manifest.version))
  const facts = {
    ...upload,
    inspection,
    owners,
    existing,
    isDeleted: manifest !== undefined && (await findTombstone(db, manifest.id, manifest.version)) !== undefined,
    twin: manifest && owners.length === 0 ? await twinOf(db, manifest.id, upload.principal) : undefined,
    currentVisibility: manifest && ((await findPluginRow(db, manifest.id))?.visibility as Visibility | undefined),
    channels: await channelsFor(db, upload.channel === undefined ? undefined : id),
  }
  return { decision: decidePublish(facts), owners, existing }
}

/** Private plugins keep their ids, and are named to nobody. */
async function twinOf(db: Db, pluginId: string, principal: Principal): Promise<string | undefined> {
  const twin = await findTwin(db, pluginId)
  return twin === undefined || (await isVisible(db, twin, viewerOf(principal))) ? twin : 'another id'
}

async function channelsFor(db: Db, pluginId: string | undefined): Promise<Map<string, string>> {
  if (pluginId === undefined) return new Map()
  return channelsOf(await versionsOf(db, pluginId), await setChannelsOf(db, pluginId))
}

function refuse(decision: PublishDecision): asserts decision is Exclude<PublishDecision, { verdict: 'refused' }> {
  if (decision.verdict !== 'refused') return
  throw new RegistryError(decision.code, decision.detail, decision.findings ? { findings: decision.findings } : {})
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

/** What names the blobs of a version. */
function namesOf(file: ReceivedPackage, { digest }: Inspection): string[] {
  return digest === undefined ? [file.sha256] : [file.sha256, digest]
}

interface Recorded {
  readonly row: VersionRow
  readonly created: boolean
  /** Id of the submission that was made of it. */
  readonly submission: string | null
}

/** Decides again where nothing can change any more, and writes what was decided. */
async function record(
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
        const submission = await writeVersion(trx, decided, decision, row)
        await recordAdvisories(trx, row, inspection)
        return { row, created: true, submission }
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
