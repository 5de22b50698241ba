import type { Manifest } from '@plexica/manifest-schema'
import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { pieces } from '../db/pieces.ts'
import type { Db, Tables, Trx, VersionRow } from '../db/tables.ts'
import { lockPlugin } from '../plugins/plugin-store.ts'
import type { World } from '../world.ts'
import { pinnedBy, type Retention, retentionAt } from './retention.ts'
import { type VersionKey, versionsAfter } from './version-store.ts'

/** A version whose package is kept no longer. */
export type Removable = Pick<VersionRow, 'plugin_id' | 'version' | 'state' | 'blob' | 'digest'>

/** Versions looked at in one go. */
const batch = 100

/**
 * The versions whose package the operator's policy keeps no longer: rejected or yanked for long enough, and neither
 * installed, nor named by a channel, nor pinned by another plugin.
 */
export async function removablePackages({
  db,
  config,
  now,
}: Pick<World, 'db' | 'config' | 'now'>): Promise<Removable[]> {
  const retention = retentionAt(config, now())
  if (retention.rejectedBefore === null && retention.yankedBefore === null) return []
  const removable: Removable[] = []
  const next = (after: Removable | undefined, take: number) =>
    versionsAfter(db, after)
      .select(['plugin_id', 'version', 'state', 'blob', 'digest'])
      .where((eb) => isExpired(eb, retention))
      .limit(take)
      .execute()
  for await (const some of pieces(batch, next)) removable.push(...some)
  if (removable.length === 0) return []
  const pinned = await pinnedVersions(db)
  return removable.filter(({ plugin_id, version }) => !pinned.has(`${plugin_id} ${version}`))
}

/**
 * Writes down that these packages are given out no more; their blobs go when they are swept. Gives those that were
 * still to go: what was published again, unyanked or installed meanwhile stays.
 */
export async function markRemoved(world: World, removable: readonly Removable[]): Promise<Removable[]> {
  const at = world.now()
  const retention = retentionAt(world.config, at)
  const removed: Removable[] = []
  for (const version of removable) {
    const isGone = await world.db.transaction().execute((trx) => mark(trx, version, retention, at.toISOString()))
    if (!isGone) continue
    world.ready.drop(`plugin:${version.plugin_id}`)
    world.log.info({ pluginId: version.plugin_id, version: version.version, state: version.state }, 'package removed')
    removed.push(version)
  }
  return removed
}

async function mark(trx: Trx, version: Removable, retention: Retention, at: string): Promise<boolean> {
  await lockPlugin(trx, version.plugin_id)
  const { numUpdatedRows } = await trx
    .updateTable('versions')
    .set({ blob_removed_at: at })
    .where('plugin_id', '=', version.plugin_id)
    .where('version', '=', version.version)
    .where('blob', '=', version.blob)
    .where((eb) => isExpired(eb, retention))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

function isExpired(eb: ExpressionBuilder<Tables, 'versions'>, { rejectedBefore, yankedBefore }: Retention) {
  const states = []
  if (rejectedBefore !== null) {
    const decidedSince = sql<SqlBool>`exists (select 1 from submissions where submissions.plugin_id = versions.plugin_id
      and submissions.version = versions.version and coalesce(decided_at, submitted_at) >= ${rejectedBefore})`
    states.push(eb.and([eb('state', '=', 'rejected'), eb('created_at', '<', rejectedBefore), eb.not(decidedSince)]))
  }
  if (yankedBefore !== null) states.push(eb.and([eb('state', '=', 'yanked'), eb('yanked_at', '<', yankedBefore)]))
  const isUsed = (table: 'installations' | 'channels') =>
    sql<SqlBool>`exists (select 1 from ${sql.table(table)} as used
      where used.plugin_id = versions.plugin_id and used.version = versions.version)`
  return eb.and([
    eb.or(states),
    eb('blob_removed_at', 'is', null),
    eb.not(isUsed('installations')),
    eb.not(isUsed('channels')),
  ])
}

/** What versions that are given out, or may soon be, ask for by its exact number: `id version`. */
async function pinnedVersions(db: Db): Promise<Set<string>> {
  const pinned = new Set<string>()
  const next = (after: VersionKey | undefined, take: number) =>
    versionsAfter(db, after)
      .select(['plugin_id', 'version', 'manifest'])
      .where('state', 'in', ['published', 'yanked', 'pending_review'])
      .where('manifest', 'like', '%"dependencies":%')
      .limit(take)
      .execute()
  for await (const some of pieces<VersionKey & Pick<VersionRow, 'manifest'>>(batch, next)) {
    for (const { manifest } of some) {
      const { dependencies = {} }: Manifest = JSON.parse(manifest)
      for (const [id, range] of Object.entries(dependencies)) {
        for (const version of pinnedBy(range)) pinned.add(`${id} ${version}`)
      }
    }
  }
  return pinned
}

/** The package of these bytes is there again, maybe compressed otherwise. The time to keep it begins anew. */
export async function bringBack(
  trx: Trx,
  { plugin_id, version, state }: Pick<VersionRow, 'plugin_id' | 'version' | 'state'>,
  now: string,
  at: Pick<VersionRow, 'blob' | 'packed_bytes'>,
): Promise<void> {
  await trx
    .updateTable('versions')
    .set({ ...at, blob_removed_at: null, ...(state === 'yanked' ? { yanked_at: now } : { created_at: now }) })
    .where('plugin_id', '=', plugin_id)
    .where('version', '=', version)
    .execute()
}
