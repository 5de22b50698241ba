import type { VersionState } from '@plexica/api'
import type { Manifest } from '@plexica/manifest-schema'
import { indexPlugin, removeFromIndex } from '../db/search-index.ts'
import type { Trx } from '../db/tables.ts'
import { setChannelsOf } from '../publishing/channel-store.ts'
import { listingVersion } from './listing-version.ts'
import { pluginStatus } from './plugin-status.ts'

/** Recomputes what a plugin's row derives from its versions, and its entry in the search index. */
export async function refreshPlugin(trx: Trx, pluginId: string, at: string): Promise<void> {
  const rows = await trx
    .selectFrom('versions')
    .select(['version', 'state', 'channel', 'created_at', 'published_at'])
    .where('plugin_id', '=', pluginId)
    .execute()
  const versions = rows.map((row) => ({ ...row, state: row.state as VersionState }))
  if (versions.length === 0) return emptyPlugin(trx, pluginId, at)
  const { listing, latest } = listingVersion(versions, await setChannelsOf(trx, pluginId))
  const { manifest: json } = await trx
    .selectFrom('versions')
    .select('manifest')
    .where('plugin_id', '=', pluginId)
    .where('version', '=', listing.version)
    .executeTakeFirstOrThrow()
  const manifest: Manifest = JSON.parse(json)
  const { deprecated_reason: deprecated, visibility } = await trx
    .selectFrom('plugins')
    .select(['deprecated_reason', 'visibility'])
    .where('id', '=', pluginId)
    .executeTakeFirstOrThrow()
  const isListed = versions.some(({ state }) => state === 'published')
  const firstPublished = versions.flatMap((version) => version.published_at ?? []).toSorted()[0] ?? null
  await trx
    .updateTable('plugins')
    .set({
      ...listingColumns(manifest),
      status: pluginStatus(versions, deprecated !== null),
      listing_version: listing.version,
      latest_version: latest,
      published_at: isListed ? firstPublished : null,
      updated_at: at,
    })
    .where('id', '=', pluginId)
    .execute()
  await removeFromIndex(trx, pluginId)
  if (isListed) await indexPlugin(trx, manifest, { isPublic: visibility === 'public' })
}

/** All versions were deleted: nobody sees the plugin any more, but its id stays its owners'. */
async function emptyPlugin(trx: Trx, pluginId: string, at: string): Promise<void> {
  await trx
    .updateTable('plugins')
    .set({ status: pluginStatus([], false), latest_version: null, published_at: null, updated_at: at })
    .where('id', '=', pluginId)
    .execute()
  await removeFromIndex(trx, pluginId)
}

/** The columns of a plugin's row that come from the manifest of the version that its listing shows. */
export function listingColumns(manifest: Manifest) {
  const pricing = manifest.pricing ?? { type: 'free' as const }
  return {
    name: manifest.name,
    description: manifest.description,
    category: manifest.category,
    tags: JSON.stringify(manifest.tags ?? []),
    author: JSON.stringify(manifest.author),
    pricing: JSON.stringify(pricing),
    price_type: pricing.type,
    icon: manifest.icon ?? null,
    screenshot: screenshotOf(manifest),
  }
}

/** The first screenshot, by which lists show what a plugin looks like. */
function screenshotOf({ screenshots }: Manifest): string | null {
  const [first] = screenshots ?? []
  return first ? JSON.stringify({ path: first.path, alt: first.alt }) : null
}
