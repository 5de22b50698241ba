import type { VersionState } from '@plexica/api'
import { forms } from '@plexica/manifest-schema'
import { type SqlBool, sql } from 'kysely'
import semver from 'semver'
import type { Db, PluginRow, StoredVersionRow, Trx, VersionRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { type Viewer, visibleTo } from '../plugins/visibility.ts'
import { setChannelsOf } from './channel-store.ts'
import { channelsOf } from './channels.ts'

/** What names a version. */
export type VersionKey = Pick<VersionRow, 'plugin_id' | 'version'>

/** What can be said of a version without its texts and lists. */
export type LightVersion = Pick<VersionRow, 'version' | 'state' | 'channel' | 'digest' | 'created_at' | 'published_at'>

/** More versions than any plugin has; keeps a list of light rows small. */
const mostVersions = 10_000

export async function findVersion(db: Db, pluginId: string, version: string): Promise<StoredVersionRow | undefined> {
  return db
    .selectFrom('versions')
    .selectAll()
    .where('plugin_id', '=', pluginId)
    .where('version', '=', version)
    .executeTakeFirst()
}

/** What is needed to serve files of a published version. */
export type BundleRow = Pick<StoredVersionRow, 'digest' | 'files' | 'manifest' | 'blob_removed_at'> &
  Pick<PluginRow, 'visibility'>

/** A published version of a plugin that this viewer sees. */
export async function findBundle(
  db: Db,
  pluginId: string,
  version: string,
  viewer: Viewer,
): Promise<BundleRow | undefined> {
  return db
    .selectFrom('versions')
    .innerJoin('plugins', 'plugins.id', 'versions.plugin_id')
    .select([
      'versions.digest',
      'versions.files',
      'versions.manifest',
      'versions.blob_removed_at',
      'plugins.visibility',
    ])
    .where('versions.plugin_id', '=', pluginId)
    .where('versions.version', '=', version)
    .where('versions.state', 'in', publicStates)
    .where(visibleTo(viewer))
    .executeTakeFirst()
}

/** Those of these package hashes that any version names whose package was not removed. */
export async function namedBlobs(db: Db, hashes: string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set()
  const rows = await db
    .selectFrom('versions')
    .select('blob')
    .where('blob', 'in', hashes)
    .where('blob_removed_at', 'is', null)
    .execute()
  return new Set(rows.map(({ blob }) => blob))
}

/** Those of these digests that any version has whose package was not removed. */
export async function namedDigests(db: Db, digests: string[]): Promise<Set<string>> {
  if (digests.length === 0) return new Set()
  const rows = await db
    .selectFrom('versions')
    .select('digest')
    .where('digest', 'in', digests)
    .where('blob_removed_at', 'is', null)
    .execute()
  return new Set(rows.map(({ digest }) => digest))
}

/** All versions after one, or from the first, in the order of their key; to be gone through in pieces. */
export function versionsAfter(db: Db, after: VersionKey | undefined) {
  const versions = db.selectFrom('versions').orderBy('plugin_id').orderBy('version')
  if (!after) return versions
  return versions.where(sql<SqlBool>`(plugin_id, version) > (${after.plugin_id}, ${after.version})`)
}

/** All versions of a plugin in whatever state, highest first. */
export async function versionsOf(db: Db, pluginId: string): Promise<LightVersion[]> {
  const rows = await db
    .selectFrom('versions')
    .select(['version', 'state', 'channel', 'digest', 'created_at', 'published_at'])
    .where('plugin_id', '=', pluginId)
    .limit(mostVersions)
    .execute()
  return rows.sort((a, b) => semver.compareBuild(b.version, a.version))
}

/**
 * The version that an exact number, a channel such as `latest` or a semver range means. `drafts` lets an exact number
 * name one that is not published; channels and ranges choose among published versions only. Throws `version_not_found`.
 */
export async function resolveVersion(
  db: Db,
  pluginId: string,
  wanted: string,
  { drafts }: { drafts: boolean },
): Promise<StoredVersionRow> {
  if (isChannel.test(wanted)) return channelVersion(db, pluginId, wanted)
  const exact = semver.valid(wanted) ? wanted : chooseVersion(await versionsOf(db, pluginId), wanted)
  const row = exact === undefined ? undefined : await findVersion(db, pluginId, exact)
  if (!row || !(drafts || isPublic(row.state))) {
    throw new RegistryError('version_not_found', `${pluginId} has no published version ${wanted}.`)
  }
  return row
}

const isChannel = new RegExp(forms.channel.pattern)

async function channelVersion(db: Db, pluginId: string, channel: string): Promise<StoredVersionRow> {
  const channels = channelsOf(await versionsOf(db, pluginId), await setChannelsOf(db, pluginId))
  const version = channels.get(channel)
  const row = version === undefined ? undefined : await findVersion(db, pluginId, version)
  if (row) return row
  const others = [...channels].map(([name, to]) => `${name} is ${to}`).join(', ')
  const words = `${pluginId} has no published version ${channel}${others && `; ${others}`}.`
  throw new RegistryError('version_not_found', words)
}

/** The highest published version that fits; a prerelease only where the range asks for it. */
function chooseVersion(rows: readonly LightVersion[], wanted: string): string | undefined {
  const published = rows.filter((row) => row.state === 'published').map((row) => row.version)
  return semver.maxSatisfying(published, wanted) ?? undefined
}

/** Yanked versions stay for those who pin them. */
const publicStates: readonly string[] = ['published', 'yanked'] satisfies VersionState[]

export function isPublic(state: string): boolean {
  return publicStates.includes(state)
}

export async function setVersionState(
  trx: Trx,
  { plugin_id, version }: Pick<VersionRow, 'plugin_id' | 'version'>,
  {
    state,
    reason,
    publishedAt,
    yankedAt,
  }: { state: VersionState; reason?: string | null; publishedAt?: string; yankedAt?: string | null },
): Promise<void> {
  await trx
    .updateTable('versions')
    .set({
      state,
      ...(reason === undefined ? {} : { reason }),
      ...(publishedAt === undefined ? {} : { published_at: publishedAt }),
      ...(yankedAt === undefined ? {} : { yanked_at: yankedAt }),
    })
    .where('plugin_id', '=', plugin_id)
    .where('version', '=', version)
    .execute()
}

/** Names the channel to which a version will have been published. */
export async function setVersionChannel(
  trx: Trx,
  { plugin_id, version }: Pick<VersionRow, 'plugin_id' | 'version'>,
  channel: string,
): Promise<void> {
  await trx
    .updateTable('versions')
    .set({ channel })
    .where('plugin_id', '=', plugin_id)
    .where('version', '=', version)
    .execute()
}

/** Fails with a unique violation when the number is there already. */
export async function insertVersion(trx: Trx, row: VersionRow): Promise<void> {
  await trx.insertInto('versions').values(row).execute()
}

/** Puts other bytes under a number that has never been published. */
export async function replaceVersion(trx: Trx, row: VersionRow): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('versions')
    .set({ ...row, blob_removed_at: null })
    .where('plugin_id', '=', row.plugin_id)
    .where('version', '=', row.version)
    .where('published_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new RegistryError('version_taken')
}

/** With its submissions and the channels set to it; fails while a tenant has it installed. */
export async function deleteVersionRow(trx: Trx, pluginId: string, version: string): Promise<void> {
  await trx.deleteFrom('versions').where('plugin_id', '=', pluginId).where('version', '=', version).execute()
}

const summaryColumns = [
  'plugin_id',
  'version',
  'digest',
  'state',
  'reason',
  'changelog',
  'packed_bytes',
  'download_count',
  'created_at',
  'published_at',
] as const

export type VersionSummaryRow = Pick<VersionRow, (typeof summaryColumns)[number]>

/** The rows of these numbers, in their order. */
export async function findSummaries(
  db: Db,
  pluginId: string,
  versions: readonly string[],
): Promise<VersionSummaryRow[]> {
  if (versions.length === 0) return []
  const rows = await db
    .selectFrom('versions')
    .select(summaryColumns)
    .where('plugin_id', '=', pluginId)
    .where('version', 'in', versions)
    .execute()
  return versions.flatMap((version) => rows.find((row) => row.version === version) ?? [])
}
