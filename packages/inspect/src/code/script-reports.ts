import { type Finding, findingsOf } from '@plexica/manifest-schema/validate'
import { type CodeRule, codeRules } from './code-rules.ts'
import { createLineCounter, excerpt } from './excerpt.ts'

const finding = findingsOf(codeRules)
/** Of each rule; the rest is only counted. One place is enough to talk about what ordinary libraries do too. */
const shownPlaces = { error: 10, warning: 3, info: 1 } as const

interface Report {
  sentence: string
  start: number
  end: number
}

export interface ScriptReports {
  /** `sentence` is without its full stop; the piece of source is put behind it. */
  report(code: CodeRule, sentence: string, node: { start: number; end: number }): void
  has(code: CodeRule): boolean
  findings(): Finding[]
}

/** Collects what the checks say about one script and keeps it short. */
export function createScriptReports(path: string, source: string): ScriptReports {
  const reports = new Map<CodeRule, Map<number, Report>>()
  const lineOf = createLineCounter(source)

  function findingsOfRule(code: CodeRule, places: readonly Report[]): Finding[] {
    const shown = places.slice(0, shownPlaces[codeRules[code].severity])
    const others = places.length - shown.length
    return shown.map(({ sentence, start, end }, index) => {
      const more = others > 0 && index === shown.length - 1 ? ` (and ${others} more in this file)` : ''
      const message = `${sentence}: \`${excerpt(source, start, end)}\`${more}.`
      return finding(code, message, { path, line: lineOf(start) })
    })
  }

  return {
    report(code, sentence, { start, end }) {
      const places = reports.get(code) ?? new Map<number, Report>()
      reports.set(code, places)
      if (!places.has(start)) places.set(start, { sentence, start, end })
    },
    has: (code) => reports.has(code),
    findings: () =>
      [...reports].flatMap(([code, places]) =>
        findingsOfRule(
          code,
          [...places.values()].sort((a, b) => a.start - b.start),
        ),
      ),
  }
}
