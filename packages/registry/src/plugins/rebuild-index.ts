import type { Manifest } from '@plexica/manifest-schema'
import { indexPlugin } from '../db/search-index.ts'
import type { Trx } from '../db/tables.ts'

/** Plugins read in one go. */
const batch = 100

/** Fills an empty search index from the listings of what is published. */
export async function rebuildIndex(trx: Trx): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await trx
      .selectFrom('plugins')
      .innerJoin('versions', (join) =>
        join.onRef('versions.plugin_id', '=', 'plugins.id').onRef('versions.version', '=', 'plugins.listing_version'),
      )
      .select(['plugins.number', 'plugins.visibility', 'versions.manifest'])
      .where('plugins.published_at', 'is not', null)
      .where('plugins.number', '>', after)
      .orderBy('plugins.number')
      .limit(batch)
      .execute()
    for (const { number, visibility, manifest } of rows) {
      after = number
      const listing: Manifest = JSON.parse(manifest)
      await indexPlugin(trx, listing, { isPublic: visibility === 'public' })
    }
    if (rows.length < batch) return
  }
}
