/// <reference path="./jsonc-scanner.d.ts" />
import type { ScanError } from 'jsonc-parser'
import { createScanner } from 'jsonc-parser/lib/umd/impl/scanner.js'
import { limits } from './limits.ts'
import { shorten } from './visible-text.ts'

/** A piece of a text. */
export interface Span {
  offset: number
  length: number
}

/** A value of a JSON text: where it stands, and what stands in it. */
export interface JsonNode extends Span {
  items?: JsonNode[]
  properties?: Map<string, { key: Span; value: JsonNode }>
}

/** What JSON forbids or forgives but what leaves no doubt about the rest. */
export interface JsonFlaws {
  comments: Span[]
  trailingCommas: Span[]
  duplicates: { key: string; offset: number; earlier: number }[]
  /** Length of the longest string as it is written. */
  longest: number
}

export type JsonTree = JsonFlaws & ({ root: JsonNode; problem?: never } | { root?: never; problem: JsonProblem })

/** The scanner's kinds of tokens. Its declared enumeration has no values when types are stripped. */
const token = {
  openBrace: 1 as number,
  closeBrace: 2 as number,
  openBracket: 3 as number,
  closeBracket: 4 as number,
  comma: 5 as number,
  colon: 6 as number,
  nothing: 7 as number,
  string: 10 as number,
  number: 11 as number,
  lineComment: 12 as number,
  blockComment: 13 as number,
  space: 15 as number,
  end: 17 as number,
}
/** What may be wrong inside a token; `#` stands for its text. */
const tokenProblems: Readonly<Record<ScanError, string>> = {
  0: '',
  1: '# is a comment without an end',
  2: '# is a text without a closing `"`',
  3: '# is a number without an end',
  4: '# has an escape that is not `\\u` and four hex digits',
  5: '# has a `\\` before a character that cannot be escaped',
  6: '# has a line end or control character that must be escaped',
}

/** Why a text is not JSON, in one sentence, or not one that is read. */
export class JsonProblem extends Error {
  kind: 'syntax' | 'depth'
  offset: number

  constructor(kind: 'syntax' | 'depth', message: string, offset: number) {
    super(message)
    this.kind = kind
    this.offset = offset
  }
}

/**
 * Where everything in a JSON text stands. Stops at the first problem, since what follows is often only its consequence,
 * and at the limit of depth, so that no text exhausts the stack.
 */
export function parseJson(text: string): JsonTree {
  const flaws: JsonFlaws = { comments: [], trailingCommas: [], duplicates: [], longest: 0 }
  const scanner = createScanner(text)
  let kind = 0
  let here: Span = { offset: 0, length: 0 }
  advance()
  try {
    const root = readValue(0)
    if (kind !== token.end) fail('# stands after the end of the JSON value')
    return { ...flaws, root }
  } catch (error) {
    if (error instanceof JsonProblem) return { ...flaws, problem: error }
    throw error
  }

  function advance(): void {
    do {
      kind = scanner.scan()
      here = { offset: scanner.getTokenOffset(), length: scanner.getTokenLength() }
      if (kind === token.lineComment || kind === token.blockComment) flaws.comments.push(here)
    } while (kind >= token.lineComment && kind <= token.space)
  }

  function fail(template: string): never {
    const written = shorten(text.slice(here.offset, here.offset + Math.min(here.length, 1_000)), 40)
    const message = template.replace('#', () => written || 'the end of the file')
    throw new JsonProblem('syntax', `${message.charAt(0).toUpperCase()}${message.slice(1)}.`, here.offset)
  }

  function readValue(depth: number): JsonNode {
    if (kind === token.openBrace || kind === token.openBracket) {
      if (depth === limits.manifestDepth.max) {
        const message = `Objects and lists stand in each other more than ${depth} levels deep.`
        throw new JsonProblem('depth', message, here.offset)
      }
      return kind === token.openBrace ? readObject(depth + 1) : readList(depth + 1)
    }
    if (kind < token.nothing || kind === token.end) fail('# stands where a value is expected')
    if (kind > token.number) fail('# is neither a value nor a text in double quotes')
    return readToken()
  }

  function readToken(): Span {
    const error = scanner.getTokenError()
    if (error !== 0) fail(tokenProblems[error])
    const span = here
    if (kind === token.string) flaws.longest = Math.max(flaws.longest, span.length)
    advance()
    return span
  }

  function readObject(depth: number): JsonNode {
    const start = here.offset
    const properties: JsonNode['properties'] = new Map()
    advance()
    while (kind !== token.closeBrace) {
      if (kind === token.end) fail('A `}` is missing before #')
      if (kind !== token.string) fail('# stands where a key in double quotes is expected')
      const name = scanner.getTokenValue()
      const key = readToken()
      if (kind !== token.colon) fail('A `:` is missing before #')
      advance()
      const value = readValue(depth)
      const earlier = properties.get(name)
      if (earlier !== undefined) {
        flaws.duplicates.push({ key: name, offset: key.offset, earlier: earlier.key.offset })
      }
      properties.set(name, { key, value })
      readComma(token.closeBrace)
    }
    return { offset: start, length: readEnd() - start, properties }
  }

  function readList(depth: number): JsonNode {
    const start = here.offset
    const items: JsonNode[] = []
    advance()
    while (kind !== token.closeBracket) {
      if (kind === token.end) fail('A `]` is missing before #')
      items.push(readValue(depth))
      readComma(token.closeBracket)
    }
    return { offset: start, length: readEnd() - start, items }
  }

  function readComma(close: number): void {
    if (kind === close) return
    if (kind === token.end) fail(`A \`${close === token.closeBrace ? '}' : ']'}\` is missing before #`)
    if (kind !== token.comma) fail('A `,` is missing before #')
    const comma = here
    advance()
    if (kind === close) flaws.trailingCommas.push(comma)
  }

  function readEnd(): number {
    const end = here.offset + here.length
    advance()
    return end
  }
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

/** The node at a path, or the nearest around it. Of doubled keys it is the last, whose value counts. */
export function findNode(root: JsonNode, path: readonly (string | number)[], of: 'key' | 'value'): Span {
  let node = root
  for (const [index, step] of path.entries()) {
    const property = node.properties?.get(String(step))
    if (property !== undefined && of === 'key' && index === path.length - 1) return property.key
    const inner = property?.value ?? node.items?.[Number(step)]
    if (inner === undefined) return node
    node = inner
  }
  return node
}
