import { type Node, parseTree } from 'jsonc-parser'
import type { DocumentCode } from './document-rules.ts'
import type { Finding, FindingMaker } from './finding.ts'
import { type JsonPath, pathText } from './json-path.ts'
import { syntaxError } from './json-syntax.ts'
import { blanked, checkTokens, type Span } from './json-tokens.ts'
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

  const tokens = checkTokens(text)
  for (const { offset, length } of tokens.comments) {
    const message = `${shorten(text.slice(offset, offset + Math.min(length, 1_000)), 40)} is a comment.`
    findings.push(finding('comment', message, { line: lineAt(offset) }))
  }
  for (const { offset } of tokens.trailingCommas) {
    findings.push(finding('trailing-comma', 'The last entry has a comma after it.', { line: lineAt(offset) }))
  }
  if (tokens.tooDeepAt !== undefined) {
    const message = `Objects and lists stand in each other more than ${limits.manifestDepth.max} levels deep.`
    return { findings: [...findings, finding('too-deep', message, { line: lineAt(tokens.tooDeepAt) })] }
  }

  let value: unknown
  try {
    value = JSON.parse(blanked(text, [...tokens.comments, ...tokens.trailingCommas]))
  } catch {
    const { message, offset } = syntaxError(text)
    return { findings: [...findings, finding('not-json', message, { line: lineAt(offset) })] }
  }
  for (const { key, offset, earlier } of tokens.duplicates) {
    const line = lineAt(offset)
    const message = `${quote(key)} stands twice in one object: first on line ${lineAt(earlier)}, again on line ${line}.`
    findings.push(finding('duplicate-key', message, { line }))
  }

  // Only findings ask where something stands, and most files have none.
  let finder: ReturnType<typeof nodeFinder> | undefined
  const find: ReturnType<typeof nodeFinder> = (path, of) => {
    finder ??= nodeFinder(text)
    return finder(path, of)
  }
  const reported = new Set<string>()
  const document: JsonDocument = {
    value,
    reported,
    line: (path, of = 'value') => lineAt(find(path, of).offset),
    excerpt: (path) => {
      const { offset, length } = find(path, 'value')
      return shorten(text.slice(offset, offset + Math.min(length, 1_000)))
    },
  }
  // Nearly no file has anything to look for in its texts, and one look at the whole says so.
  const doubtful = tokens.longest > limits.textCharacters.max || /\\[ubf]|__proto__/.test(text) || hidden.test(text)
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

/** Finds the node at a path, or the nearest around it. Of doubled keys it is the last, whose value counts. */
function nodeFinder(text: string): (path: JsonPath, of: 'key' | 'value') => Span {
  const root: Node = parseTree(text, [], { allowTrailingComma: true }) ?? { type: 'null', offset: 0, length: 0 }
  const properties = new Map<Node, Map<unknown, Node>>()
  const propertyOf = (node: Node, key: unknown) => {
    const known = properties.get(node) ?? new Map(node.children?.map((child) => [child.children?.[0]?.value, child]))
    properties.set(node, known)
    return known.get(key)?.children ?? []
  }
  return (path, of) => {
    let node = root
    for (const [index, step] of path.entries()) {
      const item = typeof step === 'number' ? node.children?.[step] : undefined
      const [key, value] = item === undefined ? propertyOf(node, step) : [item, item]
      if (key === undefined || value === undefined) return node
      if (of === 'key' && index === path.length - 1) return key
      node = value
    }
    return node
  }
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
