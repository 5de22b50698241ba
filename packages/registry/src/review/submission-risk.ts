import type { Finding } from '@plexica/manifest-schema'
import type { CapabilityDelta } from './version-delta.ts'

/** What the risk of a submission is made from. */
export interface RiskFacts {
  readonly findings: readonly Pick<Finding, 'severity'>[]
  readonly delta: CapabilityDelta
  readonly isFirst: boolean
}

/**
 * In which order submissions deserve a look, greater first: 20 for each new permission or host (at most 200), 30 where
 * code runs on the server for the first time, 10 for a plugin's first version, 10 for each warning (at most 100), 1 for
 * each note (at most 9). An error, with which no package is accepted today, comes before everything else.
 */
export function riskOf({ findings, delta, isFirst }: RiskFacts): number {
  const count = (wanted: string) => findings.filter(({ severity }) => severity === wanted).length
  const capabilities = delta.permissions.added.total + delta.hosts.added.total
  return (
    (count('error') > 0 ? 1000 : 0) +
    20 * Math.min(capabilities, 10) +
    (delta.parts.added.includes('backend') ? 30 : 0) +
    (isFirst ? 10 : 0) +
    10 * Math.min(count('warning'), 10) +
    Math.min(count('info'), 9)
  )
}
