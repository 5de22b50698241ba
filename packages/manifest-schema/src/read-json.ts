import type { DocumentCode } from './document-rules.ts'
import type { Finding, FindingMaker } from './finding.ts'
import { type JsonPath, pathText } from './json-path.ts'
import { blanked, findNode, parseJson } from './json-tree.ts'
import { limits } from './limits.ts'
import { codePointName, hidden, quote, shorten } from './visible-text.ts'

/** A parsed JSON file that still knows where everything stood. */
export interface JsonDocument {
  readonly value: unknown
  /** Line of a key or a value, from 1; of the nearest thing around it when it is not there. */
  line(path: JsonPath, of?: 'key' | 'value'): number
  /** What is written at a path, on one line and shortened. */
  excerpt(path: JsonPath): string
  /** Paths (as `pathText`) that have a finding already and were changed by it: nothing more should be said of them. */
  readonly reported: ReadonlySet<string>
}

/**
 * Reads strict JSON. Never throws; with a finding that makes the value doubtful as a whole (size, depth, syntax) there
 * is no document. Comments, trailing commas and doubled keys are findings, but the document can still be looked at.
 */
export function readJson(
  text: string,
  finding: FindingMaker<DocumentCode>,
): { document?: JsonDocument; findings: Finding[] } {
  const bytes = text.length > limits.manifestBytes.max ? text.length : new TextEncoder().encode(text).length
  if (bytes > limits.manifestBytes.max) {
    const message = `The file has ${bytes} bytes or more; at most ${limits.manifestBytes.max} are allowed.`
    return { findings: [finding('too-large', message)] }
  }
  const findings: Finding[] = []
  if (text.startsWith('\ufeff')) {
    findings.push(finding('byte-order-mark', 'The file starts with a byte order mark.', { line: 1 }))
    text = ` ${text.slice(1)}`
  }
  const lineAt = lineFinder(text)

  const { root, problem, comments, trailingCommas, duplicates, longest } = parseJson(text)
  for (const { offset, length } of comments) {
    const message = `${shorten(text.slice(offset, offset + Math.min(length, 1_000)), 40)} is a comment.`
    findings.push(finding('comment', message, { line: lineAt(offset) }))
  }
  for (const { offset } of trailingCommas) {
    findings.push(finding('trailing-comma', 'The last entry has a comma after it.', { line: lineAt(offset) }))
  }
  for (const { key, offset, earlier } of duplicates) {
    const line = lineAt(offset)
    const message = `${quote(key)} stands twice in one object: first on line ${lineAt(earlier)}, again on line ${line}.`
    findings.push(finding('duplicate-key', message, { line }))
  }
  if (problem !== undefined) {
    const code = problem.kind === 'depth' ? 'too-deep' : 'not-json'
    return { findings: [...findings, finding(code, problem.message, { line: lineAt(problem.offset) })] }
  }

  const reported = new Set<string>()
  const document: JsonDocument = {
    value: JSON.parse(blanked(text, [...comments, ...trailingCommas])),
    reported,
    line: (path, of = 'value') => lineAt(findNode(root, path, of).offset),
    excerpt: (path) => {
      const { offset, length } = findNode(root, path, 'value')
      return shorten(text.slice(offset, offset + Math.min(length, 1_000)))
    },
  }
  // Nearly no file has anything to look for in its texts, and one look at the whole says so.
  const doubtful = longest > limits.textCharacters.max || /\\[ubf]|__proto__/.test(text) || hidden.test(text)
  if (doubtful) checkTexts(document, { finding, findings, reported })
  // After so many findings nothing more is said, and nothing more is looked at.
  return findings.length > limits.findings.max ? { findings } : { document, findings }
}

interface Report {
  finding: FindingMaker<DocumentCode>
  findings: Finding[]
  reported: Set<string>
}

/** Looks at every text and key; cuts texts that are too long and removes `__proto__`, so that both do no harm later. */
function checkTexts(
  document: JsonDocument,
  report: Report,
  value: unknown = document.value,
  path: JsonPath = [],
): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Object.entries(value)) {
    if (report.findings.length > limits.findings.max) return
    const at = [...path, Array.isArray(value) ? Number(key) : key]
    if (key === '__proto__') {
      const message = `${pathText(at)} is not a possible key.`
      report.findings.push(report.finding('unknown-key', message, { line: document.line(at, 'key') }))
      Reflect.deleteProperty(value, key)
      continue
    }
    checkHidden(key, at, 'key', document, report)
    if (typeof item !== 'string') {
      checkTexts(document, report, item, at)
    } else if (item.length > limits.textCharacters.max) {
      const message = `${pathText(at)} has ${item.length} characters; at most ${limits.textCharacters.max} are allowed.`
      report.findings.push(report.finding('text-too-long', message, { line: document.line(at) }))
      report.reported.add(pathText(at))
      Reflect.set(value, key, item.slice(0, limits.textCharacters.max))
    } else {
      checkHidden(item, at, 'value', document, report)
    }
  }
}

function checkHidden(text: string, at: JsonPath, of: 'key' | 'value', document: JsonDocument, report: Report): void {
  const match = hidden.exec(text)
  if (match === null) return
  const message = `${of === 'key' ? 'The key ' : ''}${pathText(at)} has the hidden character ${codePointName(match[0])}.`
  report.findings.push(report.finding('hidden-character', message, { line: document.line(at, of) }))
  report.reported.add(pathText(at))
}

/** Lines end with `\n`, `\r\n` or `\r`. */
function lineFinder(text: string): (offset: number) => number {
  let starts: number[] | undefined
  return (offset) => {
    starts ??= [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (match) => match.index + match[0].length)]
    let low = 0
    let high = starts.length
    while (low + 1 < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
}
