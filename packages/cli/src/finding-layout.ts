import type { Finding } from '@plexica/manifest-schema/validate'
import { printable, type Style } from './style.ts'
import { wrapText } from './wrap-text.ts'

/** Gives the text of a file that findings name, or nothing when it is not at hand. */
export type ReadSource = (path: string) => string | undefined

/** Where in its line a finding is, in characters from 0. Only some tools know. */
export interface Span {
  column: number
  length: number
}

const spans = new WeakMap<Finding, Span>()

/** Remembers the columns of a finding, which the finding itself has no place for. */
export function withSpan(finding: Finding, span: Span): Finding {
  spans.set(finding, span)
  return finding
}

/** A longer line is minified code, of which a glance helps nobody. */
const lineLimit = 160

interface Layout {
  readonly style: Style
  readonly readSource: ReadSource
  /** Of a terminal. */
  readonly columns: number | undefined
}

/** The finding as a compiler would show it: code and place, the line of the source, what is wrong, what to do. */
export function layFinding(finding: Finding, { style, readSource, columns }: Layout): string {
  const colour = { error: style.red, warning: style.yellow, info: style.cyan }[finding.severity]
  const place = [finding.path, finding.line].filter((part) => part !== undefined).join(':')
  return [
    `${colour(style.bold(finding.severity))} ${style.bold(finding.code)}  ${style.cyan(printable(place))}`.trimEnd(),
    ...sourceLines(finding, style, readSource),
    wrapText(indented(finding.message, '  '), columns),
    ...wrapText(indented(finding.fix, '  fix: '), columns)
      .split('\n')
      .map((line) => style.dim(line)),
    '',
  ].join('\n')
}

function indented(text: string, lead: string): string {
  return printable(text)
    .split('\n')
    .map((line, index) => (index === 0 ? lead : ' '.repeat(lead.length)) + line)
    .join('\n')
}

function sourceLines(finding: Finding, style: Style, readSource: ReadSource): string[] {
  if (finding.path === undefined || finding.line === undefined) return []
  const line = readSource(finding.path)?.split(/\r\n?|\n/, finding.line)[finding.line - 1]
  if (line === undefined || line.trim() === '' || line.length > lineLimit) return []
  const number = String(finding.line)
  const span = spans.get(finding)
  return [
    `${style.dim(`  ${number} │`)} ${expandTabs(printable(line))}`,
    ...(span ? [`${style.dim(`  ${' '.repeat(number.length)} ╵`)} ${caret(line, span)}`] : []),
  ]
}

function caret(line: string, { column, length }: Span): string {
  return (
    ' '.repeat(expandTabs(line.slice(0, column)).length) +
    '^'.repeat(Math.max(1, Math.min(length, line.length - column)))
  )
}

function expandTabs(text: string): string {
  return text.replaceAll('\t', '  ')
}
