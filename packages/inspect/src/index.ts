export { type AffectedVersions, fixedVersion, isAffected, type RangeEvent } from './advisories/affected-versions.ts'
export { type AdvisorySeverity, advisorySeverities } from './advisories/cvss.ts'
export {
  type AdvisoryMatch,
  advisoryFindings,
  advisoryRules,
  matchAdvisories,
  type PackageAdvisory,
} from './advisories/match-advisories.ts'
export { type Advisory, type AffectedPackage, readAdvisory } from './advisories/read-advisory.ts'
export { type ArchiveReading, type ReadFile, readArchive } from './archive/read-archive.ts'
export type { FileReader } from './archive/tar-walker.ts'
export { type InspectContext, inspectPackage } from './inspect-package.ts'
export { inspectRules } from './inspect-rules.ts'
export type * from './inspection.ts'
export { changelogSection } from './listing/changelog.ts'
export { readSbom } from './listing/sbom.ts'
export { packageRules, rulesTable } from './rules-doc.ts'
