import type { VersionState } from '@plexica/api'
import { compareVersions } from '@plexica/manifest-schema'
import { channelsOf, latest as latestChannel, type SetTo } from '../publishing/channels.ts'

interface Candidate {
  version: string
  state: VersionState
  channel: string | null
  created_at: string
}

/**
 * Which version's manifest a plugin's listing shows, and which one `latest` means. What the public may not see is shown
 * only while nothing has been published.
 */
export function listingVersion<Row extends Candidate>(
  versions: readonly Row[],
  set: readonly SetTo[],
): { listing: Row; latest: string | null } {
  const within = (state: VersionState) => versions.filter((version) => version.state === state)
  const highest = (rows: readonly Row[]) => rows.toSorted((a, b) => compareVersions(b.version, a.version))[0]
  const published = within('published')
  const latest = channelsOf(versions, set).get(latestChannel) ?? null
  const listing =
    published.find(({ version }) => version === latest) ??
    // Only prereleases and other channels, or nothing that has not been withdrawn: `latest` means none of these, but the
    // page stays.
    highest(published) ??
    highest(within('yanked')) ??
    newest(versions)
  return { listing, latest }
}

function newest<Row extends Candidate>(versions: readonly Row[]): Row {
  const [first] = versions.toSorted((a, b) =>
    a.created_at === b.created_at ? compareVersions(b.version, a.version) : a.created_at < b.created_at ? 1 : -1,
  )
  if (!first) throw new TypeError('a plugin has at least one version')
  return first
}
