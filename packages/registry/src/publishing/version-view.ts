import type { VersionDetail, VersionState, VersionSummary } from '@plexica/api'
import type { Inspection } from '@plexica/inspect'
import type { VersionRow } from '../db/tables.ts'
import { channelsTo } from './channels.ts'
import type { Accepted } from './publish-decision.ts'
import type { VersionSummaryRow } from './version-store.ts'

/** The row of a version that has just been accepted. */
export function versionRow(
  inspection: Inspection,
  { manifest, digest, state }: Accepted,
  { blob, channel, by, at }: { blob: string; channel: string | null; by: string; at: string },
): VersionRow {
  return {
    plugin_id: manifest.id,
    version: manifest.version,
    digest,
    blob,
    state,
    channel,
    reason: null,
    manifest: JSON.stringify(manifest),
    readme: inspection.readme ?? null,
    changelog: inspection.changelog ?? null,
    packed_bytes: inspection.packedBytes,
    unpacked_bytes: inspection.unpackedBytes,
    files: JSON.stringify(inspection.files),
    dependencies: JSON.stringify(inspection.dependencies),
    capabilities: JSON.stringify(inspection.capabilities),
    findings: JSON.stringify(inspection.findings),
    quality_score: inspection.quality.score,
    quality_out_of: inspection.quality.outOf,
    download_count: 0,
    published_by: by,
    created_at: at,
    published_at: null,
  }
}

export function versionSummary(row: VersionSummaryRow, channels: ReadonlyMap<string, string>): VersionSummary {
  return {
    pluginId: row.plugin_id,
    version: row.version,
    digest: row.digest,
    state: row.state as VersionState,
    reason: row.reason,
    channels: channelsTo(channels, row.version),
    changelog: row.changelog,
    packedBytes: row.packed_bytes,
    downloadCount: row.download_count,
    createdAt: row.created_at,
    publishedAt: row.published_at,
  }
}

export function versionDetail(row: VersionRow, channels: ReadonlyMap<string, string>): VersionDetail {
  return {
    ...versionSummary(row, channels),
    manifest: JSON.parse(row.manifest),
    unpackedBytes: row.unpacked_bytes,
    quality: { score: row.quality_score, outOf: row.quality_out_of },
    files: JSON.parse(row.files),
  }
}
