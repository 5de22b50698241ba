import { canonicalId, type Manifest } from '@plexica/manifest-schema'
import { countOf } from '../db/count-of.ts'
import type { Db, PluginRow, Trx, VersionRow } from '../db/tables.ts'
import { listingColumns } from './refresh-plugin.ts'
import { ownTo, type Viewer, visibleTo } from './visibility.ts'

/**
 * Holds a plugin's row until the transaction ends; undefined when there is none. Writers of one plugin, its
 * versions and its ratings take turns from here on, so that nothing derived from them misses what another is about to
 * commit. It is the first row that a transaction holds: in any other order two could wait for each other.
 */
export async function lockPlugin(trx: Trx, pluginId: string): Promise<{ id: string; status: string } | undefined> {
  return trx
    .updateTable('plugins')
    .set((set) => ({ rating_count: set.ref('rating_count') }))
    .where('id', '=', pluginId)
    .returning(['id', 'status'])
    .executeTakeFirst()
}

/** Adds the row of a new plugin; `refreshPlugin` completes it in the same transaction. Fails when the id is taken. */
export async function insertPlugin(trx: Trx, manifest: Manifest, at: string): Promise<void> {
  await trx
    .insertInto('plugins')
    .values({
      id: manifest.id,
      canonical_id: canonicalId(manifest.id),
      ...listingColumns(manifest),
      status: 'DRAFT',
      listing_version: manifest.version,
      latest_version: null,
      published_at: null,
      average_rating: 0,
      rating_count: 0,
      download_count: 0,
      install_count: 0,
      deprecated_reason: null,
      deprecated_successor: null,
      deprecated_at: null,
      deprecated_by: null,
      created_at: at,
      updated_at: at,
    })
    .execute()
}

/** A plugin with what its page shows of the listed version. */
type ListedPlugin = PluginRow & Pick<VersionRow, 'manifest' | 'readme' | 'quality_score' | 'quality_out_of'>

export async function findPlugin(db: Db, pluginId: string): Promise<ListedPlugin | undefined> {
  return listedPlugin(db, pluginId).executeTakeFirst()
}

/** The same for somebody, to whom private ones may not exist. */
export async function findVisiblePlugin(db: Db, pluginId: string, viewer: Viewer): Promise<ListedPlugin | undefined> {
  return listedPlugin(db, pluginId).where(visibleTo(viewer)).executeTakeFirst()
}

function listedPlugin(db: Db, pluginId: string) {
  return db
    .selectFrom('plugins')
    .innerJoin('versions', (join) =>
      join.onRef('versions.plugin_id', '=', 'plugins.id').onRef('versions.version', '=', 'plugins.listing_version'),
    )
    .selectAll('plugins')
    .select(['versions.manifest', 'versions.readme', 'versions.quality_score', 'versions.quality_out_of'])
    .where('plugins.id', '=', pluginId)
}

/** Published plugins that a viewer may see, newest first. */
export async function listPublishedPlugins(
  db: Db,
  { skip, take, viewer }: { skip: number; take: number; viewer: Viewer },
): Promise<{ rows: PluginRow[]; total: number }> {
  const published = db.selectFrom('plugins').where('published_at', 'is not', null).where(visibleTo(viewer))
  const rows = await published
    .selectAll()
    .orderBy('published_at', 'desc')
    .orderBy('id')
    .offset(skip)
    .limit(take)
    .execute()
  return { rows, total: await countOf(published) }
}

/** Plugins that are a viewer's own, published or not, by id. */
export async function listOwnPlugins(
  db: Db,
  { skip, take, viewer }: { skip: number; take: number; viewer: Viewer },
): Promise<{ rows: PluginRow[]; total: number }> {
  const own = db.selectFrom('plugins').where(ownTo(viewer))
  const rows = await own.selectAll().orderBy('id').offset(skip).limit(take).execute()
  return { rows, total: await countOf(own) }
}

/** A plugin's own row, whatever its versions. */
export async function findPluginRow(db: Db, pluginId: string): Promise<PluginRow | undefined> {
  return db.selectFrom('plugins').selectAll().where('id', '=', pluginId).executeTakeFirst()
}

/** The plugin whose id people would take for this one. */
export async function findTwin(db: Db, pluginId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('plugins')
    .select('id')
    .where('canonical_id', '=', canonicalId(pluginId))
    .where('id', '!=', pluginId)
    .executeTakeFirst()
  return row?.id
}

/** Known plugins that a new id is compared with: those that most tenants have are those worth imitating. */
const mostKnown = 5_000

/** Ids of the public plugins that most tenants have, without those of this owner. */
export async function knownPlugins(db: Db, exceptOf: string): Promise<string[]> {
  const rows = await db
    .selectFrom('plugins')
    .select('id')
    .where('published_at', 'is not', null)
    .where(visibleTo({ kind: 'anybody' }))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('plugin_owners')
            .select('subject')
            .whereRef('plugin_owners.plugin_id', '=', 'plugins.id')
            .where('subject', '=', exceptOf),
        ),
      ),
    )
    .orderBy('install_count', 'desc')
    .orderBy('number')
    .limit(mostKnown)
    .execute()
  return rows.map(({ id }) => id)
}

export async function setDeprecation(
  trx: Trx,
  pluginId: string,
  { reason, successor, at, by }: Record<'reason' | 'successor' | 'at' | 'by', string | null>,
): Promise<void> {
  await trx
    .updateTable('plugins')
    .set({ deprecated_reason: reason, deprecated_successor: successor, deprecated_at: at, deprecated_by: by })
    .where('id', '=', pluginId)
    .execute()
}
