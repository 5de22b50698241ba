import { type Finding, findingsOf, packageLayout, type RuleTable } from '@plexica/manifest-schema/validate'
import type { BundledDependency } from '../inspection.ts'
import { type AffectedVersions, fixedVersion, isAffected } from './affected-versions.ts'
import type { AdvisorySeverity } from './cvss.ts'

/** What is said of a package with bundled code that an advisory names. */
export const advisoryRules = {
  'dependency-vulnerable': {
    severity: 'warning',
    summary: 'The package bundles a version of a library that a security advisory names.',
    fix: 'Look for another library: no version is known in which it is mended.',
  },
} as const satisfies RuleTable

const finding = findingsOf(advisoryRules)

/** An advisory about one package of npm. */
export interface PackageAdvisory extends AffectedVersions {
  readonly id: string
  readonly package: string
  readonly severity: AdvisorySeverity | null
  readonly summary: string
  readonly link: string | null
}

/** A bundled dependency that an advisory names. */
export interface AdvisoryMatch {
  readonly advisory: PackageAdvisory
  readonly package: string
  readonly version: string
  /** The lowest version in which it is mended. */
  readonly fixed: string | null
}

/** Holds what a package bundles against advisories: each pair of dependency and advisory once, in the order of both. */
export function matchAdvisories(
  dependencies: readonly BundledDependency[],
  advisories: readonly PackageAdvisory[],
): AdvisoryMatch[] {
  const byPackage = Map.groupBy(advisories, (advisory) => advisory.package)
  return dependencies.flatMap(({ name, version }) => {
    const affecting = (byPackage.get(name) ?? []).filter((advisory) => isAffected(version, advisory))
    // An advisory may name a package more than once, with ranges of their own.
    return [...Map.groupBy(affecting, ({ id }) => id).values()].flatMap(([advisory, ...more]) => {
      if (!advisory) return []
      const ranges = [advisory, ...more].flatMap((one) => one.ranges)
      return [{ advisory, package: name, version, fixed: fixedVersion(version, { ranges, versions: [] }) ?? null }]
    })
  })
}

const rank = ['critical', 'high', 'moderate', 'low', null]
/** Findings of one package about its dependencies; whoever has more begins with the gravest. */
const mostFindings = 50

/** One finding for each match, the gravest first where there are too many. */
export function advisoryFindings(matches: readonly AdvisoryMatch[]): Finding[] {
  const gravest = matches.toSorted((a, b) => rank.indexOf(a.advisory.severity) - rank.indexOf(b.advisory.severity))
  const path = packageLayout.sbom
  const findings = gravest.slice(0, mostFindings).map(({ advisory, package: name, version, fixed }) => {
    const { id, severity, summary, link } = advisory
    const grave = severity === null ? '' : ` (${severity})`
    const more = link === null ? '' : ` ${link} tells more.`
    const fix = fixed === null ? advisoryRules['dependency-vulnerable'].fix : `Update ${name} to ${fixed} or higher.`
    const message = `${name}@${version} is affected by ${id}${grave}: ${summary.replace(/[.\s]+$/, '')}.`
    return finding('dependency-vulnerable', message, { path, fix: fix + more })
  })
  const hidden = matches.length - findings.length
  if (hidden === 0) return findings
  return [...findings, finding('dependency-vulnerable', `${hidden} more advisories are not shown.`, { path })]
}
