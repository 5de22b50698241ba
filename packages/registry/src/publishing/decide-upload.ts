import { errors, type PreflightAnswer, type Visibility } from '@plexica/api'
import type { Inspection } from '@plexica/inspect'
import { sortFindings } from '@plexica/manifest-schema'
import type { Logger } from 'pino'
import { withAdvisoryFindings } from '../advisories/match-upload.ts'
import type { About } from '../audit/audit-entry.ts'
import { type Principal, subjectOf } from '../auth/principal.ts'
import { requireSigningKey } from '../bundles/bundle-urls.ts'
import type { Db, StoredVersionRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { nameFindings } from '../plugins/name-rules.ts'
import { ownersOf } from '../plugins/owner-store.ts'
import { wasPublished } from '../plugins/plugin-status.ts'
import { findPluginRow, findTwin, knownPlugins } from '../plugins/plugin-store.ts'
import { isVisible } from '../plugins/require-visible.ts'
import { viewerOf } from '../plugins/visibility.ts'
import type { World } from '../world.ts'
import { setChannelsOf } from './channel-store.ts'
import { channelsOf } from './channels.ts'
import { decidePublish, type PublishDecision } from './publish-decision.ts'
import { type ReceivedPackage, receivePackage } from './receive-package.ts'
import { findTombstone } from './tombstone-store.ts'
import { findVersion, versionsOf } from './version-store.ts'

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
      changelog: inspection.changelog ?? null,
      findings: inspection.findings,
      code: refused?.code ?? null,
      detail: refused?.detail ?? null,
      fix: refused ? errors[refused.code].fix : null,
    }
  })
}

/** Receives and inspects a package, and hands both on. */
export async function received<T>(
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

export interface Decided {
  readonly decision: PublishDecision
  readonly owners: readonly string[]
  readonly existing: StoredVersionRow | undefined
}

/** What becomes of an upload, by what is there at this moment. */
export async function decide(db: Db, upload: Upload, inspection: Inspection): Promise<Decided> {
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

/** Throws what a package is refused for. */
export function refuse(
  decision: PublishDecision,
): asserts decision is Exclude<PublishDecision, { verdict: 'refused' }> {
  if (decision.verdict !== 'refused') return
  throw new RegistryError(decision.code, decision.detail, decision.findings ? { findings: decision.findings } : {})
}
