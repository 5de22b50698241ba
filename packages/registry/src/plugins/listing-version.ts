import type { VersionState } from '@plexica/api'
import { compareVersions, latestVersion } from '@plexica/manifest-schema'

interface Candidate {
  version: string
  state: VersionState
  created_at: string
}

/** Which version's manifest a plugin's listing shows, and which one `latest` means. */
export function listingVersion<Row extends Candidate>(
  versions: readonly Row[],
): { listing: Row; latest: string | null } {
  const [first] = versions
  if (!first) throw new TypeError('a plugin has at least one version')
  const published = versions.filter(({ state }) => state === 'published')
  const latest = latestVersion(published.map(({ version }) => version)) ?? null
  // A plugin with only prereleases shows the highest of them, though `latest` names none.
  const shown = latest
    ? published.filter(({ version }) => version === latest)
    : published.toSorted((a, b) => compareVersions(b.version, a.version))
  const newest = versions.toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1))
  return { listing: shown[0] ?? newest[0] ?? first, latest }
}
