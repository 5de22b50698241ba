import { type Finding, findingsOf, limits } from '@plexica/manifest-schema/validate'
import { type CodeRule, codeRules } from './code-rules.ts'
import { createLineCounter, excerpt } from './excerpt.ts'

const finding = findingsOf(codeRules)
/** Of each rule; the others are only counted. */
const shownPlaces = 10

interface Report {
  sentence: string
  start: number
  end: number
}

/** The imports of one module that a host page may not provide; whether it does, the manifest says. */
export interface ForeignImport {
  module: string
  findings: Finding[]
}

export interface ScriptReports {
  /** `sentence` is without its full stop; the piece of source is put behind it. */
  report(code: CodeRule, sentence: string, node: { start: number; end: number }): void
  /** An import of a module by a bare name. */
  reportForeign(module: string, node: { start: number; end: number }): void
  has(code: CodeRule): boolean
  findings(): Finding[]
  /** As many modules as a package may have findings. */
  foreign(): ForeignImport[]
}

/** Collects what the checks say about one script and keeps it short. */
export function createScriptReports(path: string, source: string): ScriptReports {
  const reports = new Map<CodeRule, Map<number, Report>>()
  const foreign = new Map<string, Map<number, Report>>()
  const lineOf = createLineCounter(source)

  function findingsOfRule(code: CodeRule, places: readonly Report[]): Finding[] {
    const isError = codeRules[code].severity === 'error'
    // Every place of an error has to be changed; of the rest one place is enough to talk about.
    const kinds = isError ? places.map((place) => [place]) : Map.groupBy(places, ({ sentence }) => sentence).values()
    const all = [...kinds]
    return all.slice(0, shownPlaces).flatMap(([first, ...others], index) => {
      if (first === undefined) return []
      const hidden = index === shownPlaces - 1 ? all.slice(shownPlaces).flat().length : 0
      const more = others.length + hidden
      const message = `${first.sentence}: \`${excerpt(source, first.start, first.end)}\``
      const rest = more > 0 ? ` (and ${more} more in this file)` : ''
      return [finding(code, `${message}${rest}.`, { path, line: lineOf(first.start) })]
    })
  }

  return {
    report(code, sentence, { start, end }) {
      const places = reports.get(code) ?? new Map<number, Report>()
      reports.set(code, places)
      if (!places.has(start)) places.set(start, { sentence, start, end })
    },
    reportForeign(module, { start, end }) {
      const places = foreign.get(module) ?? new Map<number, Report>()
      foreign.set(module, places)
      places.set(start, { sentence: `The module ${module} is not in the package`, start, end })
    },
    has: (code) => reports.has(code),
    findings: () => [...reports].flatMap(([code, places]) => findingsOfRule(code, inOrder(places))),
    foreign: () =>
      [...foreign].slice(0, limits.findings.max).map(([module, places]) => ({
        module,
        findings: findingsOfRule('code-unshared-import', inOrder(places)),
      })),
  }
}

function inOrder(places: ReadonlyMap<number, Report>): Report[] {
  return [...places.values()].sort((a, b) => a.start - b.start)
}
