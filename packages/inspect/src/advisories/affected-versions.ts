import compare from 'semver/functions/compare.js'
import valid from 'semver/functions/valid.js'

/** A point at which the state of a range changes, as OSV's `events` name it. */
export interface RangeEvent {
  readonly at: 'introduced' | 'fixed' | 'last_affected' | 'limit'
  /** A semantic version; `introduced` may be `0`, before every version, and `limit` may be `*`, after every one. */
  readonly version: string
}

/** What an advisory says of the versions of one package. */
export interface AffectedVersions {
  /** Each with its events in the order of the document. */
  readonly ranges: readonly (readonly RangeEvent[])[]
  /** Versions that are affected whatever the ranges say. */
  readonly versions: readonly string[]
}

/**
 * Whether a version is affected: listed by name, or inside a range. The evaluation is that of the OSV format
 * (https://ossf.github.io/osv-schema/#evaluation), with versions in the order of semver.org §11. A version that is not a
 * semantic one can only be listed.
 */
export function isAffected(version: string, { ranges, versions }: AffectedVersions): boolean {
  if (versions.includes(version)) return true
  if (valid(version) === null) return false
  return versions.some((listed) => isSame(listed, version)) || ranges.some((events) => isInRange(version, events))
}

/** The lowest version in which what affects this one is mended; undefined when no range says so. */
export function fixedVersion(version: string, { ranges }: AffectedVersions): string | undefined {
  if (valid(version) === null) return undefined
  return ranges
    .filter((events) => isInRange(version, events))
    .flat()
    .filter((event) => event.at === 'fixed' && isBefore(version, event.version))
    .map((event) => event.version)
    .toSorted(compare)[0]
}

function isInRange(version: string, events: readonly RangeEvent[]): boolean {
  const limits = events.filter(({ at }) => at === 'limit')
  if (limits.length > 0 && !limits.some((limit) => isBefore(version, limit.version))) return false
  let affected = false
  for (const { at, version: point } of events.toSorted(inOrder)) {
    if (at === 'introduced' && !isBefore(version, point)) affected = true
    else if (at === 'fixed' && !isBefore(version, point)) affected = false
    else if (at === 'last_affected' && isBefore(point, version)) affected = false
  }
  return affected
}

/** By version. Of one version the last affected comes last: the range that begins there ends there. */
function inOrder(a: RangeEvent, b: RangeEvent): number {
  if (isBefore(a.version, b.version)) return -1
  if (isBefore(b.version, a.version)) return 1
  return Number(a.at === 'last_affected') - Number(b.at === 'last_affected')
}

function isBefore(a: string, b: string): boolean {
  if (a === b || a === '*' || b === '0') return false
  return a === '0' || b === '*' || compare(a, b) < 0
}

/** The same but for build metadata, which says nothing about what is inside. */
function isSame(listed: string, version: string): boolean {
  return valid(listed) !== null && compare(listed, version) === 0
}
