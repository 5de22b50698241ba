import type { Static } from 'typebox'
import Type from 'typebox'

/** `error` refuses the package; `warning` is shown to the reviewer; `info` lowers the quality notes. */
export const Severity = Type.Enum(['error', 'warning', 'info'])
export type Severity = Static<typeof Severity>

/** The one form of every problem that any rule finds, in the command line, the registry and the pages. */
export const Finding = Type.Object({
  code: Type.String({ description: 'Stable code of the rule, e.g. `manifest-unknown-key`' }),
  severity: Severity,
  message: Type.String({ description: 'What is wrong, in one sentence' }),
  fix: Type.String({ description: 'What to do next' }),
  path: Type.Optional(Type.String({ description: 'File, relative to the plugin folder' })),
  line: Type.Optional(Type.Integer({ minimum: 1, description: 'Line in that file, from 1' })),
})
export type Finding = Static<typeof Finding>

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

/** Binds a table of rules to the function that makes its findings, so that no finding has an undeclared code. */
export function findingsOf<Table extends RuleTable>(rules: Table) {
  return (code: keyof Table & string, message: string, place: Place = {}): Finding => {
    const rule = rules[code] as Rule
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

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error')
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
