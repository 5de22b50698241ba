import semver from 'semver'
import type { Config } from '../config.ts'
import { daysBefore } from '../days.ts'

/** Times, UTC ISO 8601, before which a version must have been turned away so that its package goes; null keeps it. */
export interface Retention {
  readonly rejectedBefore: string | null
  readonly yankedBefore: string | null
}

/** What the operator's policy means now. */
export function retentionAt(
  { retainRejectedDays, retainYankedDays }: Pick<Config, 'retainRejectedDays' | 'retainYankedDays'>,
  now: Date,
): Retention {
  const before = (days: number | undefined) => (days === undefined ? null : daysBefore(now, days).toISOString())
  return { rejectedBefore: before(retainRejectedDays), yankedBefore: before(retainYankedDays) }
}

/** The versions that a dependency's range names one by one, as `1.2.3` and `=1.2.3 || 2.0.0` do. */
export function pinnedBy(range: string): string[] {
  const parsed = semver.validRange(range) === null ? undefined : new semver.Range(range)
  return (parsed?.set ?? []).flatMap(([comparator, ...others]) => {
    // What compares in another way, or with everything, reads as no version.
    const version = comparator && others.length === 0 ? semver.valid(comparator.value) : null
    return version === null ? [] : [version]
  })
}
