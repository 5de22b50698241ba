import type { Inspection } from '@plexica/inspect'
import { findingsOf, type RuleTable } from '@plexica/manifest-schema'

/** What the registry says of a package that it could not inspect to the end. */
export const inspectionRules = {
  'inspection-time': {
    severity: 'error',
    summary: 'Inspecting the package takes longer than the registry allows.',
    fix: 'Make the package simpler: fewer or smaller scripts.',
  },
  'inspection-memory': {
    severity: 'error',
    summary: 'Inspecting the package takes more memory than the registry allows.',
    fix: 'Make the scripts smaller, or split them.',
  },
  'inspection-failed': {
    severity: 'error',
    summary: 'The inspection itself failed on this package.',
    fix: 'Tell the registry’s operator the request id; the log says where it failed.',
  },
} as const satisfies RuleTable

const inspectionFinding = findingsOf(inspectionRules)

/** The inspection of a package about which nothing is known but why. */
export function uninspected(code: keyof typeof inspectionRules, message: string): Inspection {
  return {
    packedBytes: 0,
    unpackedBytes: 0,
    files: [],
    dependencies: [],
    capabilities: { hosts: [], permissions: [] },
    quality: { score: 0, outOf: 0 },
    findings: [inspectionFinding(code, message)],
  }
}
