import { type Finding, limits, type Severity, sortFindings } from '@plexica/manifest-schema/validate'
import { contentFinding } from './archive/content-rules.ts'

/** Collects findings; however many there are, its memory is bounded and an error is never crowded out by a warning. */
export class FindingList {
  #kept: Record<Severity, Finding[]> = { error: [], warning: [], info: [] }
  #dropped = 0

  add(findings: readonly Finding[]): void {
    for (const finding of findings) {
      const kept = this.#kept[finding.severity]
      if (kept.length < limits.findings.max) kept.push(finding)
      else this.#dropped++
    }
  }

  /** Sorted, at most `limits.findings`; when some are left out, the last place says how many. */
  sorted(): Finding[] {
    const all = sortFindings(Object.values(this.#kept).flat())
    if (this.#dropped === 0 && all.length <= limits.findings.max) return all
    const shown = all.slice(0, limits.findings.max - 1)
    const hidden = all.length - shown.length + this.#dropped
    return sortFindings([...shown, contentFinding('archive-more-findings', `${hidden} more findings are not shown.`)])
  }
}
