import type { Manifest } from '@plexica/manifest-schema'
import { pieces } from '../db/pieces.ts'
import { indexPlugin } from '../db/search-index.ts'
import type { PluginRow, Trx, VersionRow } from '../db/tables.ts'

/** Plugins read in one go. */
const batch = 100

/** Fills an empty search index from the listings of what is published. */
export async function rebuildIndex(trx: Trx): Promise<void> {
  for await (const rows of pieces(batch, (after: Published | undefined) => publishedAfter(trx, after))) {
    for (const { visibility, manifest } of rows) {
      const listing: Manifest = JSON.parse(manifest)
      await indexPlugin(trx, listing, { isPublic: visibility === 'public' })
    }
  }
}

type Published = Pick<PluginRow, 'number' | 'visibility'> & Pick<VersionRow, 'manifest'>

async function publishedAfter(trx: Trx, after: Published | undefined): Promise<Published[]> {
  return trx
    .selectFrom('plugins')
    .innerJoin('versions', (join) =>
      join.onRef('versions.plugin_id', '=', 'plugins.id').onRef('versions.version', '=', 'plugins.listing_version'),
    )
    .select(['plugins.number', 'plugins.visibility', 'versions.manifest'])
    .where('plugins.published_at', 'is not', null)
    .where('plugins.number', '>', after?.number ?? 0)
    .orderBy('plugins.number')
    .limit(batch)
    .execute()
}
