import type { PluginDetail, PluginStatus, PluginSummary, Visibility } from '@plexica/api'
import type { Category, Manifest } from '@plexica/manifest-schema'
import { bundleUrls } from '../bundles/bundle-urls.ts'
import type { PluginRow, VersionRow } from '../db/tables.ts'
import type { World } from '../world.ts'
import { deprecationOf } from './deprecation.ts'
import { wasPublished } from './plugin-status.ts'
import type { Viewer } from './visibility.ts'

/** A plugin in a list, as this viewer sees it. */
export function pluginSummary(world: World, row: PluginRow, viewer: Viewer): PluginSummary {
  const url = fileUrls(world, row, viewer)
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    category: row.category as Category,
    tags: JSON.parse(row.tags),
    status: row.status as PluginStatus,
    visibility: row.visibility as Visibility,
    latestVersion: row.latest_version,
    icon: row.icon && url ? url(row.icon) : null,
    screenshot: row.screenshot && url ? screenshotView(row.screenshot, url) : null,
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

function screenshotView(json: string, url: (path: string) => string): { url: string; alt: string } {
  const { path, alt } = JSON.parse(json) as { path: string; alt: string }
  return { url: url(path), alt }
}

export function pluginDetail(
  world: World,
  row: PluginRow & Pick<VersionRow, 'manifest' | 'readme' | 'quality_score' | 'quality_out_of'>,
  {
    owners,
    channels,
    successors,
    viewer,
  }: {
    owners: string[]
    channels: ReadonlyMap<string, string>
    /** Those that this viewer could have. */
    successors: ReadonlySet<string>
    viewer: Viewer
  },
): PluginDetail {
  const manifest: Manifest = JSON.parse(row.manifest)
  const url = fileUrls(world, row, viewer)
  return {
    ...pluginSummary(world, row, viewer),
    license: manifest.license,
    ...(manifest.homepage ? { homepage: manifest.homepage } : {}),
    ...(manifest.repository ? { repository: manifest.repository } : {}),
    ...(manifest.demoUrl ? { demoUrl: manifest.demoUrl } : {}),
    screenshots: url ? (manifest.screenshots ?? []).map(({ path, alt }) => ({ url: url(path), alt })) : [],
    readme: row.readme,
    requiredPermissions: manifest.requiredPermissions ?? [],
    network: manifest.network ?? [],
    owners,
    channels: [...channels].map(([tag, version]) => ({ tag, version })),
    deprecation: deprecationOf(row, successors),
    quality: { score: row.quality_score, outOf: row.quality_out_of },
  }
}

/**
 * The address of each file of the listed version; undefined where this viewer gets none. Files are served from the first
 * approval on, those of private plugins only at addresses that are signed for somebody.
 */
export function fileUrls(
  world: World,
  row: Pick<PluginRow, 'id' | 'status' | 'visibility' | 'listing_version'>,
  viewer: Viewer,
): ((path: string) => string) | undefined {
  if (!wasPublished(row.status)) return undefined
  if (row.visibility === 'private' && (viewer.kind === 'anybody' || !world.config.secretKey)) return undefined
  const bundle = { pluginId: row.id, version: row.listing_version, visibility: row.visibility }
  return bundleUrls(world, bundle, viewer.kind === 'tenant' ? viewer.tenantId : null)
}
