import type { Finding, Severity } from './finding-schema.ts'
import { limits } from './limits.ts'
import { compareText } from './text-order.ts'

export type { Finding, Severity }

/** What is fixed about a rule; its documentation is made from this. */
export interface Rule {
  readonly severity: Severity
  /** One line for the documentation: what the rule refuses or asks for, and why. */
  readonly summary: string
  readonly fix: string
}

export type RuleTable = Readonly<Record<string, Rule>>

/** Where a finding was made, and a fix more exact than the rule's own. */
export interface Place {
  path?: string | undefined
  line?: number | undefined
  fix?: string | undefined
}

/** Makes a finding from the code of a rule, a sentence and a place. */
export type FindingMaker<Code extends string> = (code: Code, message: string, place?: Place) => Finding

/** Binds a table of rules to the function that makes its findings, so that no finding has an undeclared code. */
export function findingsOf<Code extends string>(rules: Readonly<Record<Code, Rule>>): FindingMaker<Code> {
  return (code, message, place = {}) => {
    const rule = rules[code]
    return {
      code,
      severity: rule.severity,
      message,
      fix: place.fix ?? rule.fix,
      ...(place.path === undefined ? {} : { path: place.path }),
      ...(place.line === undefined ? {} : { line: place.line }),
    }
  }
}

const order: Record<Severity, number> = { error: 0, warning: 1, info: 2 }

/** Errors first, then by file, line and code: the same order wherever findings are shown or compared. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      order[a.severity] - order[b.severity] ||
      compareText(a.path ?? '', b.path ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  )
}

/** Sorted, and no more than anybody reads: what is left out is told by `more`. */
export function limitFindings(findings: readonly Finding[], more: (message: string) => Finding): Finding[] {
  const sorted = sortFindings(findings)
  if (sorted.length <= limits.findings.max) return sorted
  return [...sorted.slice(0, limits.findings.max), more(`Only the first ${limits.findings.max} findings are shown.`)]
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error')
}

/**
 * A table with a prefix before each code: rules of any JSON document, declared once, under the name of the document.
 * The type is stated because `Object.fromEntries` forgets the keys.
 */
export function prefixRules<Prefix extends string, Table extends RuleTable>(prefix: Prefix, rules: Table) {
  return Object.fromEntries(Object.entries(rules).map(([code, rule]) => [`${prefix}-${code}`, rule])) as {
    readonly [Code in keyof Table & string as `${Prefix}-${Code}`]: Table[Code]
  }
}
