import type { VersionAdvisory } from '@plexica/api'
import type { KnownAdvisoryRow } from './version-advisory-store.ts'

export function versionAdvisoryView(row: KnownAdvisoryRow): VersionAdvisory {
  return {
    id: row.advisory_id,
    aliases: JSON.parse(row.aliases),
    summary: row.summary,
    severity: row.severity as VersionAdvisory['severity'],
    link: row.link,
    package: row.package,
    packageVersion: row.package_version,
    fixedIn: row.fixed,
    firstSeen: row.first_seen,
  }
}
