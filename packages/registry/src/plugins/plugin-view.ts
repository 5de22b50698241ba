import type { PluginDetail, PluginStatus, PluginSummary } from '@plexica/api'
import type { Category, Manifest } from '@plexica/manifest-schema'
import { bundleUrl } from '../bundles/bundle-urls.ts'
import type { PluginRow, VersionRow } from '../db/tables.ts'
import type { World } from '../world.ts'
import { deprecationOf } from './deprecation.ts'
import { wasPublished } from './plugin-status.ts'

export function pluginSummary(world: World, row: PluginRow): PluginSummary {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    category: row.category as Category,
    tags: JSON.parse(row.tags),
    status: row.status as PluginStatus,
    latestVersion: row.latest_version,
    icon: row.icon && wasPublished(row.status) ? bundleUrl(world, row.id, row.listing_version, row.icon) : null,
    author: JSON.parse(row.author),
    pricing: JSON.parse(row.pricing),
    averageRating: row.average_rating,
    ratingCount: row.rating_count,
    downloadCount: row.download_count,
    installCount: row.install_count,
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
  }
}

export function pluginDetail(
  world: World,
  row: PluginRow & Pick<VersionRow, 'manifest' | 'readme' | 'quality_score' | 'quality_out_of'>,
  { owners, channels }: { owners: string[]; channels: ReadonlyMap<string, string> },
): PluginDetail {
  const manifest: Manifest = JSON.parse(row.manifest)
  // Files are served from the first approval on.
  const screenshots = wasPublished(row.status) ? (manifest.screenshots ?? []) : []
  return {
    ...pluginSummary(world, row),
    license: manifest.license,
    ...(manifest.homepage ? { homepage: manifest.homepage } : {}),
    ...(manifest.repository ? { repository: manifest.repository } : {}),
    ...(manifest.demoUrl ? { demoUrl: manifest.demoUrl } : {}),
    screenshots: screenshots.map(({ path, alt }) => ({
      url: bundleUrl(world, row.id, row.listing_version, path),
      alt,
    })),
    readme: row.readme,
    requiredPermissions: manifest.requiredPermissions ?? [],
    network: manifest.network ?? [],
    owners,
    channels: [...channels].map(([tag, version]) => ({ tag, version })),
    deprecation: deprecationOf(row),
    quality: { score: row.quality_score, outOf: row.quality_out_of },
  }
}
