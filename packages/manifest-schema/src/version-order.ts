import type SemVer from 'semver/classes/semver.js'
import parse from 'semver/functions/parse.js'
import satisfies from 'semver/functions/satisfies.js'
import maxSatisfying from 'semver/ranges/max-satisfying.js'
import subset from 'semver/ranges/subset.js'
import { compareText } from './text-order.ts'

/** The parts of a semantic version; undefined when the text is none. */
export function parseVersion(version: string): SemVer | undefined {
  return parse(version) ?? undefined
}

/**
 * Orders versions from low to high by semver.org §11. Build metadata, which says nothing about precedence, decides last,
 * so that the order is always the same. Texts that are no versions come first.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parseVersion(a), parseVersion(b)]
  if (left === undefined || right === undefined) {
    return Number(left !== undefined) - Number(right !== undefined) || compareText(a, b)
  }
  return left.compare(right) || left.compareBuild(right) || compareText(a, b)
}

export function isPrerelease(version: string): boolean {
  return (parseVersion(version)?.prerelease.length ?? 0) > 0
}

/** The highest version that is no prerelease; undefined when there is none. */
export function latestVersion(versions: Iterable<string>): string | undefined {
  let latest: string | undefined
  for (const version of versions) {
    if (parseVersion(version) === undefined || isPrerelease(version)) continue
    if (latest === undefined || compareVersions(version, latest) > 0) latest = version
  }
  return latest
}

/**
 * The version that `latest`, an exact version or a semver range asks for; undefined when there is none. A range finds a
 * prerelease only when it names one of the same release, as `^2.0.0-beta.1` does.
 */
export function resolveRange(versions: readonly string[], wanted: string): string | undefined {
  if (wanted === 'latest') return latestVersion(versions)
  if (versions.includes(wanted)) return wanted
  // An exact version is a name: 1.2.0+linux is not what 1.2.0 asks for.
  if (parseVersion(wanted) !== undefined) return undefined
  // Of equal versions semver takes the first.
  return maxSatisfying(versions.toSorted(compareVersions).reverse(), wanted) ?? undefined
}

/**
 * Whether a version that already runs somewhere is in a range. A prerelease counts as the release that it leads to, so
 * that plugins can be tried on it: `3.0.0-beta.1` is in `^3.0.0` and not in `^2.0.0`. Only a range that names a
 * prerelease of that very release is asked literally.
 */
export function versionFits(version: string, range: string): boolean {
  const parsed = parseVersion(version)
  if (parsed === undefined) return false
  const release = `${parsed.major}.${parsed.minor}.${parsed.patch}`
  return satisfies(range.includes(`${release}-`) ? version : release, range)
}

/** Whether every version of one range is in another. */
export function rangeWithin(inner: string, outer: string): boolean {
  return subset(inner, outer)
}
