import { createScanner, type SyntaxKind } from 'jsonc-parser'
import { limits } from './limits.ts'

/** The declared enumeration of the scanner has no values at run time when types are stripped. */
const token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  string: 10,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  space: 15,
  end: 17,
} as const satisfies Record<string, SyntaxKind>

/** A piece of a text. */
export interface Span {
  offset: number
  length: number
}

/**
 * Finds what JSON forbids but tolerant parsers accept, and doubled keys, in one pass and without recursion: the parsers
 * after it recurse once for each level, so that too deep a text must not reach them.
 */
export function checkTokens(text: string) {
  const comments: Span[] = []
  const trailingCommas: Span[] = []
  const duplicates: { key: string; offset: number; earlier: number }[] = []
  /** The keys of each open object so far, with their places; of a list, nothing. */
  const open: Map<string, number>[] = []
  const scanner = createScanner(text)
  let longest = 0
  let last = { kind: 0, offset: 0, value: '' }
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    const offset = scanner.getTokenOffset()
    const length = scanner.getTokenLength()
    if (kind === token.lineComment || kind === token.blockComment) comments.push({ offset, length })
    if (kind >= token.lineComment && kind <= token.space) continue
    if (kind === token.openBrace || kind === token.openBracket) open.push(new Map())
    if (kind === token.closeBrace || kind === token.closeBracket) {
      open.pop()
      if (last.kind === token.comma) trailingCommas.push({ offset: last.offset, length: 1 })
    }
    if (kind === token.colon && last.kind === token.string) {
      const keys = open.at(-1)
      const earlier = keys?.get(last.value)
      if (earlier !== undefined) duplicates.push({ key: last.value, offset: last.offset, earlier })
      else keys?.set(last.value, last.offset)
    }
    if (open.length > limits.manifestDepth.max)
      return { comments, trailingCommas, duplicates, longest, tooDeepAt: offset }
    if (kind === token.string) longest = Math.max(longest, length)
    last = { kind, offset, value: kind === token.string ? scanner.getTokenValue() : '' }
  }
  return { comments, trailingCommas, duplicates, longest }
}

/** The text with spaces instead of some pieces, so that everything else stays in its place. */
export function blanked(text: string, spans: readonly Span[]): string {
  const pieces: string[] = []
  let end = 0
  for (const { offset, length } of spans.toSorted((a, b) => a.offset - b.offset)) {
    pieces.push(text.slice(end, offset), ' '.repeat(length))
    end = offset + length
  }
  return `${pieces.join('')}${text.slice(end)}`
}
